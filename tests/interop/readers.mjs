// Readers of exports that come from npm, and a real browser: `node readers.mjs MODULES FOLDER OTLP_DESCRIPTOR CHROMIUM LESSON...`
//
// MODULES is where npm has put its packages. FOLDER has LESSON.html, .mmd, .speedscope.json, .json (Chrome) and .otlp.json. Prints a
// line of JSON for each lesson and reader: what was read and what is wrong with it.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, folder, descriptor, chromium, ...lessons] = process.argv.slice(2);
const require = createRequire(path.join(modules, "package.json"));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const text = (lesson, extension) => fs.readFileSync(path.join(folder, lesson + extension), "utf-8");

const { default: puppeteer } = await load("puppeteer-core");
const protobuf = await load("@bufbuild/protobuf");
const wkt = await load("@bufbuild/protobuf/wkt");
const Ajv = require("ajv");
const speedscope = path.join(modules, "node_modules/speedscope/dist/release");
const mermaidScript = path.join(modules, "node_modules/mermaid/dist/mermaid.min.js");

const browser = await puppeteer.launch({
  executablePath: chromium, headless: true,
  args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--allow-file-access-from-files"],
});

// A page that keeps what went wrong in it, and what it asked of the network.
async function openPage() {
  const page = await browser.newPage();
  page.wrong = [];
  await page.setViewport({ width: 1280, height: 720 });
  page.on("pageerror", (error) => page.wrong.push("error: " + error.message));
  page.on("console", (message) => { if (message.type() === "error") page.wrong.push("console: " + message.text()); });
  page.on("dialog", async (dialog) => { page.wrong.push("a dialog: " + dialog.message()); await dialog.dismiss(); });
  page.on("request", (request) => { if (!/^(file|data|blob):/.test(request.url())) page.wrong.push("network: " + request.url()); });
  return page;
}

// ---- speedscope: its own schema, and the program itself with the file given to it

const schema = JSON.parse(fs.readFileSync(path.join(speedscope, "file-format-schema.json"), "utf-8"));
const conforms = new Ajv({ strict: false, allErrors: false }).compile(schema);
function readSchema(lesson) {
  const file = JSON.parse(text(lesson, ".speedscope.json"));
  return conforms(file) ? [] : [JSON.stringify(conforms.errors[0])];
}
async function readSpeedscope(lesson, extension) {
  const page = await openPage();
  await page.goto(pathToFileURL(path.join(speedscope, "index.html")).href);
  const input = await page.waitForSelector("input[type=file]", { timeout: 20000 });
  const before = await page.title();
  await input.uploadFile(path.join(folder, lesson + extension));
  await page.waitForFunction(
    (old) => document.title !== old || /went wrong|error/i.test(document.body.innerText), { timeout: 20000 }, before);
  const said = await page.evaluate(() => document.body.innerText);
  if (/went wrong/i.test(said)) page.wrong.push("speedscope: " + said.slice(0, 200));
  if (await page.title() === before) page.wrong.push("speedscope shows nothing");
  await page.close();
  return page.wrong;
}

// ---- OTLP: protobuf's JSON mapping, which refuses unknown fields and wrong types. Ids are hex, OTLP's one exception; hex digits
// are digits of base64 too, and lengths are looked at here.

const files = protobuf.createFileRegistry(protobuf.fromBinary(wkt.FileDescriptorSetSchema, fs.readFileSync(descriptor)));
const TracesData = files.getMessage("otlp.TracesData");
function readOtlp(lesson) {
  const wrong = [];
  for (const line of text(lesson, ".otlp.json").trimEnd().split("\n")) {
    const json = JSON.parse(line), data = protobuf.fromJson(TracesData, json, { ignoreUnknownFields: false });
    if (data.resourceSpans.length !== 1) wrong.push("no resource");
    for (const span of json.resourceSpans[0].scopeSpans[0].spans)
      if (span.traceId.length !== 32 || span.spanId.length !== 16) wrong.push("an id of a wrong length");
  }
  return wrong;
}

// ---- Mermaid: the chart is drawn, and has the bars and sections that the text has

const mermaidPage = await openPage();
await mermaidPage.goto("about:blank");
await mermaidPage.addScriptTag({ path: mermaidScript });
async function readMermaid(lesson) {
  const source = text(lesson, ".mmd");
  mermaidPage.wrong.length = 0;
  const drawn = await mermaidPage.evaluate(async (chart) => {
    window.mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
    try {
      const { svg } = await window.mermaid.render("chart", chart);
      const box = document.createElement("div");
      box.innerHTML = svg;
      return { bars: box.querySelectorAll("rect.task").length, labels: box.querySelectorAll("text.taskText, text.taskTextOutsideRight, text.taskTextOutsideLeft").length,
        odd: box.querySelectorAll("script, img, a, foreignObject").length, title: box.querySelector(".titleText")?.textContent };
    } catch (error) {
      return { error: String(error) };
    }
  }, source);
  if (drawn.error) return ["mermaid: " + drawn.error.slice(0, 300)];
  const bars = source.split("\n").filter((line) => / :/.test(line) && line.startsWith("        ")).length;
  const wrong = [...mermaidPage.wrong];
  if (drawn.bars !== bars) wrong.push(`${drawn.bars} bars drawn of ${bars}`);
  if (drawn.odd) wrong.push("markup in the picture");
  if (!drawn.title) wrong.push("no title");
  return wrong;
}

// ---- the HTML page: no error, no network, something is drawn, and every key does what the page says

const pixels = (page) => page.evaluate(() => {
  const canvas = document.getElementById("view");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + data[i] + 3 * data[i + 1] + 7 * data[i + 2] + 11 * data[i + 3]) >>> 0;
  return sum;
});
// What is looked at; two drawings of the same may differ in a pixel, where the browser changes from one renderer to another.
const look = (page) => page.evaluate("JSON.stringify([state.t0, state.t1, state.head, state.lane])");
const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
const shown = (page, expression) => page.evaluate(expression);

async function press(page, key) {
  await page.keyboard.press(key);
  await settled(page);
}
async function readHtml(lesson) {
  const page = await openPage();
  await page.goto(pathToFileURL(path.join(folder, lesson + ".html")).href);
  await settled(page);
  const wrong = page.wrong;
  const want = (condition, what) => { if (!condition) wrong.push(what); };
  const data = JSON.parse(await shown(page, "document.getElementById('data').textContent"));
  want(await shown(page, "document.querySelectorAll('img, iframe, a, object, embed').length") === 0, "an element that a name has made");
  want(await shown(page, "document.querySelectorAll('#names li').length") === data.lanes.length, "not every lane has a name");
  want(await shown(page, "document.getElementById('question').textContent") === (data.question || data.title), "the question is missing");
  want(!data.text || (await shown(page, "document.getElementById('text').textContent")).includes(data.text.slice(0, 40)), "the lesson's text is missing");
  const whole = await pixels(page), start = await look(page);
  const tasks = data.lanes.findIndex((lane) => lane.k === "task" && lane.s.length > 0);
  if (tasks >= 0 && data.end > 1000) {
    await press(page, "w");
    want(await pixels(page) !== whole, "w does not zoom in");
    await press(page, "0");
    want(await look(page) === start, "0 does not show all again");
    for (let i = 0; i <= tasks; i++) await press(page, "ArrowDown");
    want(await shown(page, "document.querySelectorAll('#names li[aria-selected=true]').length") === 1, "no lane is selected");
    want((await shown(page, "document.getElementById('detail').textContent")).includes(data.lanes[tasks].n), "the detail does not name the task");
    const first = await shown(page, "document.getElementById('detail').textContent");
    const isLast = await shown(page, `state.slice === lanes[${tasks}].s.length - 1`);
    await press(page, isLast ? "ArrowLeft" : "ArrowRight");
    want(data.lanes[tasks].s.length < 2 || await shown(page, "document.getElementById('detail').textContent") !== first, "left or right does not go on");
    await press(page, "Escape");
    want(await look(page) === start, "Escape does not let go");
    await page.mouse.move(700, 260);
    await settled(page);
    want(await pixels(page) !== whole, "hovering shows no line");
    await page.mouse.move(5, 5);
    await press(page, "Home");
    want(await pixels(page) !== whole, "Home does not hide what comes");
    await press(page, "End");
    await press(page, "/");
    await page.keyboard.type(data.lanes[tasks].n.slice(0, 12));
    await settled(page);
    want(await shown(page, "document.querySelectorAll('#names li.match').length") >= 1, "the search finds nothing");
    await press(page, "Escape");
  }
  await press(page, "?");
  want(await shown(page, "document.getElementById('help').open"), "? opens no help");
  await press(page, "Escape");
  const theme = await shown(page, "document.documentElement.dataset.theme");
  await press(page, "t");
  want(await shown(page, "document.documentElement.dataset.theme") !== theme, "t does not switch the theme");
  await page.close();
  return wrong;
}

const readers = {
  "speedscope-schema": readSchema,
  speedscope: (lesson) => readSpeedscope(lesson, ".speedscope.json"),
  "chrome in speedscope": (lesson) => readSpeedscope(lesson, ".json"),
  "otlp mapping": readOtlp,
  "mermaid drawn": readMermaid,
  "html in chromium": readHtml,
};
for (const lesson of lessons)
  for (const [reader, read] of Object.entries(readers)) {
    let problems;
    try {
      problems = await read(lesson);
    } catch (error) {
      problems = [String(error).slice(0, 300)];
    }
    console.log(JSON.stringify({ lesson, reader, problems }));
  }
await browser.close();
