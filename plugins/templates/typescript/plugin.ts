/** The smallest useful plugin: visitors from a campaign go to whoever has been idle longest. */
import { hook, localised, text } from '../../sdk/typescript/plugin';
import type { About, Context, Outcome, Request } from '../../sdk/typescript/types';

export const manifest = hook({
  describe(): About {
    return {
      id: 'my-plugin',
      name: localised('My plugin'),
      summary: localised('Rings whoever has been idle longest for visitors from a campaign.'),
      version: '0.1.0',
      author: 'Me',
      homepage: null,
      license: null,
      capabilities: [],
      hosts: [],
      fields: [
        {
          key: 'campaign',
          label: localised('Part of the page address'),
          help: [],
          section: null,
          kind: { tag: 'text', val: { maxLength: 100, multiline: false, pattern: null } },
          required: false,
          default: { key: 'campaign', value: { tag: 'text', val: 'utm_campaign=' } },
          visibleWhen: null,
        },
      ],
    };
  },
  check: () => [],
});

export const routing = hook({
  route(context: Context, request: Request): Outcome {
    const campaign = text(context, 'campaign') ?? 'utm_campaign=';
    const free = request.consultants.filter((one) => one.presence === 'available' && one.activeChats < one.maxChats);
    if (!request.visitor.pageUrl.includes(campaign) || free.length === 0) {
      return { decision: { tag: 'inherit' }, reason: 'no campaign, or nobody free', tags: [] };
    }
    const consultants = free.map((one) => one.id);
    const tier = { consultants, ring: 'longest-idle', patience: 20 } as const;
    return { decision: { tag: 'offer', val: [tier] }, reason: 'came from a campaign', tags: [] };
  },
});
