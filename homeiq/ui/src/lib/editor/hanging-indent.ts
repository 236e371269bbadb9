import { RangeSetBuilder } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";

const DEEPEST = 6; // characters; on a phone room is left for the text
const PADDING = "6px"; // of a line, as CodeMirror has it

/** A line that is wrapped goes on further in than it begins, so that it is not taken for a new key of YAML. */
export const hangingIndent = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = indentsIn(view);
    }
    update({ docChanged, viewportChanged, view }: ViewUpdate) {
      if (docChanged || viewportChanged) this.decorations = indentsIn(view);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

function indentsIn({ visibleRanges, state }: EditorView): DecorationSet {
  const found = new RangeSetBuilder<Decoration>();
  for (const { from, to } of visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = state.doc.lineAt(at);
      const depth = Math.min(DEEPEST, line.text.search(/\S|$/) + 2);
      const style = `text-indent:-${depth}ch;padding-left:calc(${PADDING} + ${depth}ch)`;
      found.add(line.from, line.from, Decoration.line({ attributes: { style } }));
      at = line.to + 1;
    }
  }
  return found.finish();
}
