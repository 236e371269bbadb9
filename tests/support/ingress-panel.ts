/** What the panel page around the app tells it. */
export interface Panel {
  /** The app's address below the proxy, with a slash at both ends. */
  readonly src: string;
  readonly dark: boolean;
  readonly language: string;
  readonly narrow: boolean;
}

const THEMES = {
  light: {
    "--primary-color": "#009ac7",
    "--accent-color": "#ff9800",
    "--primary-background-color": "#fafafa",
    "--secondary-background-color": "#e5e5e5",
    "--card-background-color": "#ffffff",
    "--primary-text-color": "#141414",
    "--secondary-text-color": "#5e5e5e",
    "--divider-color": "rgba(0, 0, 0, 0.12)",
    "--error-color": "#db4437",
    "--warning-color": "#ffa600",
    "--success-color": "#43a047",
  },
  dark: {
    "--primary-color": "#009ac7",
    "--accent-color": "#ff9800",
    "--primary-background-color": "#111111",
    "--secondary-background-color": "#282828",
    "--card-background-color": "#1c1c1c",
    "--primary-text-color": "#e1e1e1",
    "--secondary-text-color": "#9b9b9b",
    "--divider-color": "rgba(225, 225, 225, 0.12)",
    "--error-color": "#db4437",
    "--warning-color": "#ffa600",
    "--success-color": "#43a047",
  },
};

/**
 * A page like Home Assistant's app panel: theme variables on the root element, `hass` on the main element,
 * the app in an iframe of the same origin, and the answers to the app's messages.
 *
 * What the app sends is kept in `window.messagesFromApp`, for tests.
 */
export function panelPage({ src, dark, language, narrow }: Panel): string {
  const theme = Object.entries(THEMES[dark ? "dark" : "light"])
    .map(([name, value]) => `${name}: ${value}`)
    .join("; ");
  const hass = { language, themes: { darkMode: dark, theme: "default" }, selectedTheme: { dark } };
  return `<!doctype html>
<html lang="${language}" style="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Panel</title>
<style>
  html, body { margin: 0; height: 100%; background: var(--primary-background-color) }
  home-assistant { display: block; height: 100% }
  iframe { display: block; width: 100%; height: 100%; border: 0 }
</style>
</head>
<body>
<home-assistant><iframe title="App" src="${src}"></iframe></home-assistant>
<script>
  const main = document.querySelector("home-assistant");
  main.hass = ${JSON.stringify(hass)};
  const frame = document.querySelector("iframe");
  window.messagesFromApp = [];
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow) return;
    window.messagesFromApp.push(event.data);
    if (event.data?.type !== "home-assistant/subscribe-properties") return;
    const properties = { narrow: ${narrow}, route: { prefix: "/app/homeiq", path: location.hash.slice(1) } };
    frame.contentWindow.postMessage({ type: "home-assistant/properties", ...properties }, location.origin);
  });
</script>
</body>
</html>
`;
}
