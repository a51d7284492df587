/** Where button, label, window and peek stand, as style rules made from the package's settings. */
import type { Config } from './config';

const EDGE_PX = 20;
/** Between button and window, and between button and peek. */
const GAP_PX = 12;

export function placement({ a, b, height, corner, stick }: Config): string {
  const isTop = corner[0] === 't';
  const isLeft = corner[1] === 'l';
  const isFree = stick === 'none';
  const sticksY = !isFree && stick !== 'vertical';
  const sticksX = !isFree && stick !== 'horizontal';
  const y = sticksY ? 0 : EDGE_PX;
  const x = sticksX ? 0 : EDGE_PX;
  const blockSide = isTop ? 'top' : 'bottom';
  const side = isLeft ? 'left' : 'right';
  const shut = `calc(100% - ${height}px)`;
  // What is stuck to an edge has square corners there.
  const radius = (top: boolean, left: boolean) =>
    (sticksY && top === isTop) || (sticksX && left === isLeft) ? 0 : `${height * (isFree ? 0.5 : 0.4)}px`;
  const radii = `${radius(true, true)} ${radius(true, false)} ${radius(false, false)} ${radius(false, true)}`;
  const offX = (EDGE_PX - x) * (isLeft ? 1 : -1);
  const offY = (EDGE_PX - y) * (isTop ? 1 : -1);
  return (
    `:host{--a:${a};--b:${b};--glow:${b}73;--h:${height}px;--y:${y}px;--r:${radii};--off:${offX}px ${offY}px;` +
    `--flow:${isLeft ? 'rtl' : 'ltr'};--shut:0 ${isLeft ? shut : 0} 0 ${isLeft ? 0 : shut}}` +
    `.dock{${blockSide}:${y}px;${side}:${x}px}.badge{${side}:-5px}` +
    `.peek,.window{${blockSide}:${y + height + GAP_PX}px;${side}:${EDGE_PX}px}`
  );
}
