import type { Explorer } from "./explorer.svelte.ts";
import type { Geometry } from "./geometry.ts";

const STILL = 5; // pixels a finger may tremble
const WHEEL = 0.0022;

interface Finger {
  readonly startX: number;
  x: number;
}

/** Wheel, mouse and fingers over a plot: hover or tap for values, drag to pan, pinch or wheel to zoom. */
export function createPointers(explorer: Explorer, geometry: () => Geometry) {
  const fingers = new Map<number, Finger>();
  let hasMoved = false;

  const xOf = ({ currentTarget, clientX }: PointerEvent | WheelEvent | MouseEvent) =>
    clientX - (currentTarget as HTMLElement).getBoundingClientRect().left;
  const share = (pixels: number) => {
    const { width, left, right } = geometry();
    return pixels / Math.max(1, width - left - right);
  };

  function pinch(moved: Finger, x: number): void {
    const other = [...fingers.values()].find((one) => one !== moved);
    if (!other) return;
    const before = Math.max(20, Math.abs(moved.x - other.x));
    const after = Math.max(20, Math.abs(x - other.x));
    explorer.zoom(before / after, geometry().toAt((x + other.x) / 2));
  }

  return {
    onpointerdown(event: PointerEvent) {
      if (event.button !== 0 || (event.target as Element).closest("button, a")) return;
      const x = xOf(event);
      fingers.set(event.pointerId, { startX: x, x });
      hasMoved = fingers.size > 1;
    },

    onpointermove(event: PointerEvent) {
      const x = xOf(event);
      const finger = fingers.get(event.pointerId);
      if (!finger) {
        if (event.pointerType === "mouse") explorer.cursor = geometry().toAt(x);
        return;
      }
      if (!hasMoved && Math.abs(x - finger.startX) < STILL) return;
      if (!hasMoved) (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      hasMoved = true;
      if (fingers.size > 1) pinch(finger, x);
      else explorer.pan(share(finger.x - x));
      finger.x = x;
    },

    onpointerup(event: PointerEvent) {
      if (fingers.has(event.pointerId) && !hasMoved) explorer.cursor = geometry().toAt(xOf(event));
      fingers.delete(event.pointerId);
    },

    onpointercancel(event: PointerEvent) {
      fingers.delete(event.pointerId);
    },

    onpointerleave(event: PointerEvent) {
      if (event.pointerType === "mouse" && fingers.size === 0) explorer.cursor = undefined;
    },

    /** The page scrolls under a plain wheel, unless the plot was chosen by a click or the keyboard. */
    onwheel(event: WheelEvent) {
      const plot = event.currentTarget as HTMLElement;
      const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
      const isChosen = plot.contains(document.activeElement);
      if (!isSideways && !isChosen && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      if (isSideways) explorer.pan(share(event.deltaX));
      else explorer.zoom(Math.exp(event.deltaY * WHEEL), geometry().toAt(xOf(event)));
    },

    ondblclick(event: MouseEvent) {
      if ((event.target as Element).closest("button, a")) return;
      explorer.zoom(0.5, geometry().toAt(xOf(event)));
    },
  };
}

/** What a key does while a plot has the focus; `false` when it is not one of ours. */
export function steer(explorer: Explorer, { key, shiftKey }: KeyboardEvent): boolean {
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => (shiftKey ? explorer.pan(-0.25) : explorer.moveCursor(-1 / 60)),
    ArrowRight: () => (shiftKey ? explorer.pan(0.25) : explorer.moveCursor(1 / 60)),
    PageUp: () => explorer.pan(-1),
    PageDown: () => explorer.pan(1),
    Home: () => explorer.moveCursor(-1),
    End: () => explorer.moveCursor(1),
    "+": () => explorer.zoom(0.5, explorer.cursor),
    "=": () => explorer.zoom(0.5, explorer.cursor),
    "-": () => explorer.zoom(2, explorer.cursor),
    Escape: () => {
      explorer.cursor = undefined;
    },
  };
  const act = keys[key];
  act?.();
  return act !== undefined;
}
