// Jobs (JSON lines on standard input) → renderings (JSON lines on standard output), each variable's output between marks.
//
//   node render.js CITEPROC_DIR STYLES_DIR LOCALES_DIR < jobs.jsonl > rendered.jsonl
//
// A job is {"style", "locale", "items": [CSL items]}; an answer {"style", "locale", "id", "html"}, where the output of a variable
// stands between U+E000, a sign that tells the variable (U+E100 + its place in VARIABLES), and U+E001.
"use strict";
const fs = require("fs"), path = require("path"), readline = require("readline");
const [citeprocDir, stylesDir, localesDir] = process.argv.slice(2);
const CSL = require(path.resolve(citeprocDir));
const VARIABLES = ["citation-number", "author", "editor", "translator", "title", "container-title", "collection-title", "volume", "issue",
  "page", "number", "issued", "edition", "publisher", "publisher-place", "DOI", "ISBN", "ISSN", "URL", "accessed", "genre", "note",
  "title-short", "container-title-short", "collection-number", "event", "event-place", "archive", "archive_location", "page-first", "medium",
  "container-author", "collection-editor", "original-date", "number-of-pages", "number-of-volumes", "PMID", "PMCID", "status", "citation-label"];
const PEOPLE = ["author", "editor", "composer", "interviewer", "illustrator", "director", "host", "original-author", "reviewed-author", "recipient", "performer", "chair",
  "collection-editor", "container-author", "editorial-director", "producer", "script-writer", "editor-translator", "curator", "organizer", "series-creator"];
const locales = {};
function locale(lang) {
  for (const name of [lang, "en-US"]) {
    const file = path.join(localesDir, `locales-${name}.xml`);
    if (!(name in locales) && fs.existsSync(file)) locales[name] = fs.readFileSync(file, "utf8");
    if (locales[name]) return locales[name];
  }
}
function render(job) {
  const items = Object.fromEntries(job.items.map((item) => [item.id, item]));
  const sys = {
    retrieveLocale: locale,
    retrieveItem: (id) => items[id],
    variableWrapper: (params, before, text, after) => {
      const named = (params.variableNames || []).filter((name) => VARIABLES.includes(name));
      const item = params.itemData || {};
      let name = named.find((variable) => item[variable]) || named[0];
      // a style may name a composer or an interviewer first and put the author in his place
      if (PEOPLE.includes((params.variableNames || [])[0]) && !item[name]) name = item.author ? "author" : "editor";
      const at = VARIABLES.indexOf(name);
      return at < 0 ? before + text + after : before + "\uE000" + String.fromCharCode(0xe100 + at) + text + "\uE001" + after;
    },
  };
  const style = fs.readFileSync(path.join(stylesDir, job.style + ".csl"), "utf8");
  const engine = new CSL.Engine(sys, style, job.locale, true);
  if (!engine.bibliography || !engine.bibliography.tokens.length) return [];
  engine.opt.development_extensions.wrap_url_and_doi = false;
  engine.updateItems(job.items.map((item) => item.id));
  const made = engine.makeBibliography();
  if (!made) return [];
  return made[1].map((html, i) => ({ style: job.style, locale: job.locale, id: made[0].entry_ids[i][0], html: html }));
}
(async () => {
  console.log = () => {};
  CSL.debug = () => {};
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const job = JSON.parse(line);
    let rows = [];
    try { rows = render(job); } catch (error) { process.stderr.write(`${job.style}: ${String(error).slice(0, 100)}\n`); }
    for (const row of rows) process.stdout.write(JSON.stringify(row) + "\n");
  }
})();
