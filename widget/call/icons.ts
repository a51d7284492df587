/** The few icons of the call page, kept by hand so that no icon library is in the document. */
import type { IconNode } from '../kit/Icon';

export const chatIcon: IconNode = [['path', { d: 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z' }]];
export const phoneIcon: IconNode = [
  [
    'path',
    {
      d: 'M22 17v3a2 2 0 0 1-2 2A20 20 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 1.7l.7 2.8a2 2 0 0 1-.5 2.1L8 10a16 16 0 0 0 6 6l1.4-1.2a2 2 0 0 1 2.1-.5l2.8.7A2 2 0 0 1 22 17Z',
    },
  ],
];
export const clockIcon: IconNode = [
  ['circle', { cx: 12, cy: 12, r: 10 }],
  ['path', { d: 'M12 6v6l4 2' }],
];
export const backIcon: IconNode = [['path', { d: 'm12 19-7-7 7-7M19 12H5' }]];
export const downIcon: IconNode = [['path', { d: 'm6 9 6 6 6-6' }]];
export const checkIcon: IconNode = [['path', { d: 'M20 6 9 17l-5-5' }]];
export const microphoneIcon: IconNode = [
  ['path', { d: 'M12 2a3 3 0 0 0-3 3v7a3 3 0 0 0 6 0V5a3 3 0 0 0-3-3Z' }],
  ['path', { d: 'M19 10v2a7 7 0 0 1-14 0v-2M12 19v3' }],
];
export const mutedIcon: IconNode = [...microphoneIcon, ['path', { d: 'm3 3 18 18' }]];
