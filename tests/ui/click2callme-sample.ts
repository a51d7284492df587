/** What a business's own script may write, checked by the compiler: the types are part of what is published. */
import type { Click2CallMeApi, Click2CallMeIdentity } from '../../widget/click2callme';

const vera: Click2CallMeIdentity = {
  name: 'Vera',
  email: 'vera@example.com',
  attributes: { plan: 'Sunday rolls' },
  signature: '1795375150.00ff',
};

/** Uses everything there is, and hands back what stops listening. */
export function use(button: Click2CallMeApi, told: (words: string) => void): () => void {
  button.identify(vera);
  button.on('ready', () => told('ready'));
  button.on('open', () => told('open'));
  button.on('close', () => told('close'));
  button.on('message', ({ count, peek }) => told(`${count.toFixed()} ${peek.trim()}`));
  const stop = button.on('chat', ({ state }) => told(state === 'started' ? 'started' : 'closed'));
  // @ts-expect-error: there is no such event
  button.on('opened', () => {});
  // @ts-expect-error: an attribute is a text
  button.identify({ attributes: { age: 30 } });
  window.Click2CallMe?.call('0123456789ABC');
  return stop;
}
