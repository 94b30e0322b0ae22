import { z } from "zod";
import { LATIN_NAMES, readNames, splitLatinNames } from "../bylines.ts";
import { findDate } from "../dates.ts";
import { endsSentence } from "../lines.ts";
import { readLine } from "./blocks.ts";
import type { HtmlDocument } from "./parse.ts";

export interface PageMetadata {
  readonly title?: string;
  readonly authors: readonly string[];
  readonly publishedAt?: string;
}

const word = z.string().trim().min(1);
const person = z.object({ name: word, "@type": z.unknown().optional() });
const people = z.union([word, person, z.array(z.union([word, person]))]);
/** What a page says of itself for search engines; whatever does not fit is left alone. */
const article = z.object({
  "@type": z.union([word, z.array(word)]),
  headline: word.optional().catch(undefined),
  datePublished: word.optional().catch(undefined),
  author: people.optional().catch(undefined),
});

const IS_ARTICLE = /(?:Article|BlogPosting|Report)$/;
const DATE_NAMES =
  /^(?:article:published_time|og:published_time|og:article:published_time|pubdate|publishdate|publish-?date|publication_date|publishtime|date|dc\.date(?:\.issued)?|dcterms\.(?:created|issued|date)|datepublished|citation_publication_date|parsely-pub-date|firstpublishedtime)$/i;
const AUTHOR_NAMES =
  /^(?:author|article:author|og:article:author|dc\.creator|byl|parsely-author|citation_author)$/i;
const TITLE_NAMES = /^(?:articletitle|citation_title|dc\.title|parsely-title)$/i;
const ARE_LATIN = new RegExp(`^${LATIN_NAMES}$`, "u");
const NOBODY =
  /(?:发布|日报|晚报|早报|时报|新闻|在线|资讯|传媒|融媒|编辑|小编|管理员|办公室|委员会|中心|公司|大学|学院|[局网社站报台厅委院])$|^(?:admin|administrator|editor|editors|staff|root|webmaster|newsroom)$/i;
/** How sites and their sections are called. */
const SITE =
  /^.{0,12}(?:网|网站|频道|中心|政府|日报|晚报|都市报|电子[版报]|数字报|客户端|在线|首页|新闻|News)$/u;
const SEPARATOR =
  /\s*[_|｜]+\s*|\s+[-–—·»:]+\s+|(?<=[\p{Script=Han}”》！？])\s*(?:-{1,2}|—{1,2})\s*(?=\p{Script=Han})/u;
/** A headline that is confirmed by the page's title makes up this much of it, or more. */
const MIN_HEADLINE_SHARE = 0.35;
/** Nothing longer is a title. */
const MAX_TITLE_CHARS = 300;
const HEADLINES =
  "h1, h2, h3, founder-title, [class*=title], [id*=title], [class*=headline], [itemprop=headline]";
/** Of pages laid out before there were styles. */
const LARGE = "font[size='5'] b, font[size='6'] b, b font[size='5'], b font[size='6'], center font[size='5']";
const BYLINES =
  "[rel=author], [itemprop=author], .author, .byline, .writer, .reporter, .post-author, .entry-author";

/** What a page's head and headlines tell of its article. */
export function readMetadata({ documentElement: root }: HtmlDocument): PageMetadata {
  const metas = [...root.querySelectorAll("meta")].flatMap((meta) => {
    const name = meta.getAttribute("property") ?? meta.getAttribute("name") ?? meta.getAttribute("itemprop");
    const content = meta.getAttribute("content")?.trim();
    return name && content ? [{ name: name.trim(), content }] : [];
  });
  const named = (names: RegExp) => metas.find(({ name }) => names.test(name))?.content;
  const about = readJsonLd(
    [...root.querySelectorAll("script")].filter(isJsonLd).map((script) => script.textContent),
  );
  const time = root.querySelector(
    "time[pubdate], time[itemprop=datePublished], article time[datetime], time[datetime]",
  );
  const publishedAt =
    findDate(about?.datePublished ?? "") ??
    findDate(named(DATE_NAMES) ?? "") ??
    findDate(time?.getAttribute("datetime") ?? time?.textContent ?? "");
  const authors = [
    namesOf(about?.author),
    metas.filter(({ name }) => AUTHOR_NAMES.test(name)).flatMap(({ content }) => splitNames(content)),
    [...root.querySelectorAll(BYLINES)].flatMap((element) => splitNames(readLine(element))),
  ].find((names) => names.length > 0);
  const title = readTitle(
    root,
    named(TITLE_NAMES) ?? about?.headline,
    named(/^og:title$/i),
    named(/^og:site_name$/i),
  );
  return {
    ...(title ? { title } : {}),
    ...(publishedAt ? { publishedAt } : {}),
    authors: [...new Set(authors ?? [])],
  };
}

function isJsonLd(script: { getAttribute(name: string): string | null }): boolean {
  return script.getAttribute("type") === "application/ld+json";
}

/** The first article among the page's blocks of JSON-LD. */
function readJsonLd(blocks: readonly string[]): z.infer<typeof article> | undefined {
  for (const block of blocks) {
    let json: unknown;
    try {
      json = JSON.parse(block);
    } catch {
      // What a page says wrongly, it does not say.
      continue;
    }
    const graph = z.object({ "@graph": z.array(z.unknown()) }).safeParse(json);
    for (const value of graph.success ? graph.data["@graph"] : [json].flat()) {
      const parsed = article.safeParse(value);
      if (parsed.success && [parsed.data["@type"]].flat().some((type) => IS_ARTICLE.test(type)))
        return parsed.data;
    }
  }
  return undefined;
}

function namesOf(author: z.infer<typeof people> | undefined): string[] {
  return [author ?? []]
    .flat()
    .flatMap((one) => (typeof one === "string" ? one : one["@type"] === "Organization" ? [] : one.name))
    .flatMap(splitNames);
}

/** The people of a byline; none where it names an office or says nothing. */
function splitNames(byline: string): string[] {
  const text = byline.replace(/^\s*(?:by|written by|posted by)\s+/i, "").trim();
  const names = readNames(text.replace(/[:：]/g, " ")) ?? (ARE_LATIN.test(text) ? splitLatinNames(text) : []);
  return names.filter((name) => !NOBODY.test(name));
}

/** The headline that the page's title begins with, else what the page calls its article, else its title without the site. */
function readTitle(
  root: HtmlDocument["documentElement"],
  own: string | undefined,
  shared: string | undefined,
  site: string | undefined,
): string | undefined {
  const tab = (root.querySelector("title")?.textContent ?? "").slice(0, MAX_TITLE_CHARS);
  const parts = [own, shared, tab].map((text) =>
    ownPart(text?.slice(0, MAX_TITLE_CHARS).replace(/\s+/g, " ").trim() ?? "", site),
  );
  const known = parts.filter((part) => part !== "");
  const headlines = [...root.querySelectorAll(HEADLINES)].map(readLine).filter((text) => text !== "");
  const first = [...root.querySelectorAll("h1")].map(readLine).filter((text) => text !== "");
  const whole = squeeze(`${own ?? ""} ${shared ?? ""} ${tab}`);
  const least = MIN_HEADLINE_SHARE * Math.max(0, ...known.map((part) => squeeze(part).length));
  const opens = (text: string) =>
    [own, shared, tab].some((one) => squeeze(one ?? "").startsWith(squeeze(text)));
  const confirmed = headlines
    .filter(
      (text) => text !== site && squeeze(text).length >= Math.max(2, least) && whole.includes(squeeze(text)),
    )
    .sort((a, b) => Number(opens(b)) - Number(opens(a)) || b.length - a.length)[0];
  if (confirmed) return confirmed;
  if (own && known[0]) return known[0];
  const [only] = first;
  const isSites = only !== undefined && whole.includes(squeeze(only));
  if (only !== undefined && first.length === 1 && !isSites && only.length >= 4 && only.length <= 100)
    return only;
  // A site that calls every page by its own name sets its headlines large.
  const isNameless = known.every((part) => SITE.test(part));
  const large = isNameless ? [...root.querySelectorAll(LARGE)].map(readLine) : [];
  return (
    large.find((text) => text.length >= 4 && text.length <= 60 && !SITE.test(text) && !endsSentence(text)) ??
    known[0]
  );
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, "");
}

/** A page's title without the names of site and section, which mostly follow it. */
function ownPart(title: string, site: string | undefined): string {
  const parts = title
    .split(SEPARATOR)
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== site);
  const likely = parts.filter((part) => !SITE.test(part));
  const longest = Math.max(0, ...likely.map((part) => part.length));
  return likely.find((part) => part.length >= 0.6 * longest) ?? parts[0] ?? "";
}
