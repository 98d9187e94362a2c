// Render the formulas given on standard input as JSON; called by katex.py, once per build.
"use strict";
const request = JSON.parse(require("fs").readFileSync(0, "utf8"));
const katex = require(request.katex);
const answers = request.formulas.map(({ tex, display }) => {
  try {
    return { html: katex.renderToString(tex, { ...request.options, displayMode: display }) };
  } catch (error) {
    if (!(error instanceof katex.ParseError)) throw error;
    return { error: error.rawMessage + (error.position === undefined ? "" : ` at character ${error.position + 1}`) };
  }
});
process.stdout.write(JSON.stringify(answers));
