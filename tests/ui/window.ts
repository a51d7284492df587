/** The button and the chat window as a visitor meets them. */
import type { FrameLocator, Locator, Page } from '@playwright/test';

export class Window {
  readonly button: Locator;
  readonly chat: FrameLocator;
  readonly field: Locator;
  readonly peek: Locator;
  readonly frame: Locator;

  constructor(readonly page: Page) {
    this.button = page.locator('click2call-me .button');
    this.peek = page.locator('click2call-me .peek');
    this.frame = page.locator('click2call-me iframe');
    this.chat = page.frameLocator('click2call-me iframe');
    this.field = this.chat.locator('.composer textarea');
  }

  /** Opens it and, where one may also call, chooses the chat. */
  async open(): Promise<void> {
    await this.button.click();
    const choice = this.chat.locator('button.choice');
    await this.field.or(choice).first().waitFor();
    if (await choice.isVisible()) await choice.click();
    await this.field.waitFor();
  }

  /** Opens it where there may be nothing to write in. */
  async show(): Promise<void> {
    await this.button.click();
    await this.chat.getByRole('heading', { level: 1 }).waitFor();
  }

  async write(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** The bubble with exactly this text. */
  bubble(text: string): Locator {
    return this.chat.locator('.bubble').filter({ hasText: text });
  }

  get minimizeKey(): Locator {
    return this.chat.getByRole('button', { name: /^(Minimize|Zminimalizuj)$/ });
  }

  get closeKey(): Locator {
    return this.chat.locator('header').getByRole('button', { name: /^(Close the chat|Zakończ czat)$/ });
  }
}
