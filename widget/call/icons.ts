/** The few icons of the call page, kept by hand so that no icon library is in the document. */
import type { IconNode } from '../kit/Icon';

export const chatIcon: IconNode = [['path', { d: 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z' }]];
export const phoneIcon: IconNode = [
  [
    'path',
    {
      d: 'M22 16.9v3a2 2 0 0 1-2.2 2 19.8 19.8 0 0 1-8.6-3 19.5 19.5 0 0 1-6-6 19.8 19.8 0 0 1-3.1-8.7A2 2 0 0 1 4.1 2h3a2 2 0 0 1 2 1.7c.1 1 .4 1.9.7 2.8a2 2 0 0 1-.4 2.1L8.1 9.9a16 16 0 0 0 6 6l1.3-1.3a2 2 0 0 1 2.1-.4c.9.3 1.8.6 2.8.7a2 2 0 0 1 1.7 2Z',
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
export const mailIcon: IconNode = [
  ['rect', { x: 2, y: 4, width: 20, height: 16, rx: 2 }],
  ['path', { d: 'm22 7-10 6L2 7' }],
];
