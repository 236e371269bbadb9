/** Paths of 24 by 24 icons, stroked; one per meaning. */
export const ICONS = {
  home: "M4 11l8-7 8 7v9h-5v-6h-6v6H4z",
  history: "M12 7v5l3 2M4.5 9A8 8 0 1 1 4 12M4 5v4h4",
  devices: "M4 6h11v9H4zM8 19h4M10 15v4M18 9h2v10h-4v-7",
  system: "M4 13h4l2-6 4 11 2-5h4",
  search: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l4 4",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c1-4 4-5 7-5s6 1 7 5",
  voice: "M12 4a3 3 0 0 1 3 3v4a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v3",
  hand: "M9 12V6a1.5 1.5 0 0 1 3 0v5M12 10a1.5 1.5 0 0 1 3 0v2M15 11.5a1.5 1.5 0 0 1 3 0V15a6 6 0 0 1-11 3l-2-4a1.4 1.4 0 0 1 2.4-1.2L9 14",
  automation: "M12 4v3M12 17v3M4 12h3M17 12h3M8 8h8v8H8z",
  script: "M7 4h10v16H7zM10 8h4M10 12h4M10 16h2",
  device: "M8 8h8v8H8zM12 4v4M12 16v4M4 12h4M16 12h4",
  echo: "M5 12a7 7 0 1 1 2 5M5 19v-4h4",
  unknown: "M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 17v.5",
  light: "M9 17h6M10 20h4M8 13a5 5 0 1 1 8 0c-1 1-1 2-1 4H9c0-2 0-3-1-4z",
  warning: "M12 4l9 16H3zM12 10v4M12 17v.5",
  check: "M5 13l4 4L19 7",
  more: "M9 6l6 6-6 6",
  back: "M15 6l-6 6 6 6",
} as const;

export type IconName = keyof typeof ICONS;
