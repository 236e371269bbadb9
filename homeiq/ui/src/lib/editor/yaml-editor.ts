import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  defaultHighlightStyle,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Problem } from "#lib/api.ts";
import { hangingIndent } from "./hanging-indent.ts";

interface Options {
  readonly text: string;
  readonly readonly: boolean;
  readonly label: string;
  /** Id of what says how one leaves it by keyboard. */
  readonly describedBy: string;
  onChange(text: string): void;
}

/** In the colors of the page, so that light and dark are right by themselves. */
const colors = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--good)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--cause-automation)" },
  { tag: tags.comment, color: "var(--text-2)", fontStyle: "italic" },
  { tag: [tags.typeName, tags.meta, tags.labelName], color: "var(--warn)" },
]);
const look = EditorView.theme({
  "&": { backgroundColor: "transparent", color: "var(--text)", fontSize: "14px" },
  "&.cm-focused, &:has(:focus-visible)": {
    outline: "2px solid var(--accent)",
    outlineOffset: "-2px",
  },
  ".cm-scroller": { fontFamily: "ui-monospace, monospace" },
  ".cm-line": { wordBreak: "break-all" }, // as in the comparison of versions
  ".cm-content, .cm-gutter": { minHeight: "var(--height)" },
  ".cm-gutters": { backgroundColor: "var(--surface-2)", color: "var(--text-2)", border: "0" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", border: "1px solid var(--line)" },
});

const SEVERITY = { error: "error", warning: "warning", hint: "info" } as const;

/** An editor for YAML. Tab leaves it after Escape, as CodeMirror's keymap has it. */
export function openEditor(
  parent: HTMLElement,
  { text, readonly, label, describedBy, onChange }: Options,
) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        history(),
        indentOnInput(),
        bracketMatching(),
        yaml(),
        syntaxHighlighting(colors),
        syntaxHighlighting(defaultHighlightStyle, { fallback: true }),
        hangingIndent,
        ...(readonly ? [] : [lintGutter()]), // nothing is marked in what is only read
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorState.readOnly.of(readonly),
        EditorView.lineWrapping,
        // What is only read opens no keyboard on a phone, and can be focused all the same.
        EditorView.editable.of(!readonly),
        EditorView.contentAttributes.of(
          readonly
            ? { "aria-label": label, tabindex: "0" }
            : { "aria-label": label, "aria-describedby": describedBy },
        ),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
        look,
      ],
    }),
  });
  function show(problems: readonly Problem[]): void {
    const { doc } = view.state;
    const found = problems.flatMap(({ line, severity, message }) => {
      if (line === undefined || line > doc.lines) return [];
      const { from, to } = doc.line(line);
      return [{ from, to, severity: SEVERITY[severity], message }];
    });
    view.dispatch(setDiagnostics(view.state, found));
  }
  return { view, show };
}
