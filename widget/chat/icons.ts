/** The few icons of the chat window, kept by hand so that no icon library is in the document. */
import type { IconNode } from '../kit/Icon';

export const minimizeIcon: IconNode = [['path', { d: 'm6 9 6 6 6-6' }]];
export const closeIcon: IconNode = [['path', { d: 'M18 6 6 18M6 6l12 12' }]];
export const sendIcon: IconNode = [['path', { d: 'm5 12 7-7 7 7M12 19V5' }]];
export const emojiIcon: IconNode = [
  ['circle', { cx: 12, cy: 12, r: 10 }],
  ['path', { d: 'M8 14s1.5 2 4 2 4-2 4-2M9 9h.01M15 9h.01' }],
];
export const alertIcon: IconNode = [
  ['circle', { cx: 12, cy: 12, r: 10 }],
  ['path', { d: 'M12 8v4M12 16h.01' }],
];
export const checkIcon: IconNode = [['path', { d: 'M20 6 9 17l-5-5' }]];
export const chatIcon: IconNode = [['path', { d: 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z' }]];
export const phoneIcon: IconNode = [
  ['path', { d: 'M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 6a2 2 0 0 1 2-2' }],
];
