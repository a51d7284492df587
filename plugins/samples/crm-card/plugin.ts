/** Shows a consultant what the CRM knows about a visitor. */
import { hook, localised, log } from '../../sdk/typescript/plugin';
import type {
  About,
  Context,
  Field,
  FieldKind,
  HttpResponse,
  Result,
  Setting,
  Visitor,
} from '../../sdk/typescript/types';
import { complaint, enrich, HOST, requests } from './crm';

const line: FieldKind = { tag: 'text', val: { maxLength: 60, multiline: false, pattern: null } };

function field(key: string, kind: FieldKind, english: string, polish: string): Field {
  const label = localised(english, polish);
  return { key, label, help: [], section: null, kind, required: false, default: null, visibleWhen: null };
}

export const manifest = hook({
  describe(): About {
    const tagging = field('tagging', { tag: 'toggle' }, 'Tag contacts of one stage as vip', 'Oznaczaj etap jako vip');
    const stage = field('stage', line, 'That stage', 'Ten etap');
    return {
      id: 'crm-card',
      name: localised('CRM card', 'Karta z CRM'),
      summary: localised('Shows what HubSpot knows about a visitor.', 'Pokazuje, co HubSpot wie o gościu.'),
      version: '1.0.0',
      author: 'Click2CallMe',
      homepage: null,
      license: 'MIT OR Apache-2.0',
      capabilities: ['http-fetch'],
      hosts: [HOST],
      fields: [
        { ...field('token', { tag: 'secret' }, 'Access token', 'Token dostępu'), required: true },
        field('portal', line, 'Portal number, for a link to the contact', 'Numer portalu, do odnośnika'),
        { ...tagging, default: { key: 'tagging', value: { tag: 'toggle', val: false } } },
        {
          ...stage,
          default: { key: 'stage', value: { tag: 'text', val: 'opportunity' } },
          visibleWhen: { key: 'tagging', oneOf: ['true'] },
        },
      ],
    };
  },
  check: (_settings: Setting[]) => [],
});

export const enrichment = hook({
  requests: (context: Context, visitor: Visitor) => requests(context, visitor),
  enrich(context: Context, _visitor: Visitor, responses: Result<HttpResponse, string>[]) {
    const problem = complaint(responses);
    if (problem) log('warn', problem);
    return enrich(context, responses);
  },
});
