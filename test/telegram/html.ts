/**
 * A strict reader of Telegram's HTML style (https://core.telegram.org/bots/api#html-style): the tags it knows,
 * without attributes, balanced and nested; only the entities it names. Returns what a reader sees; throws what
 * Telegram would say.
 */
export function readTelegramHtml(html: string): string {
  const allowed = new Set(["b", "i", "u", "s", "code", "pre", "blockquote"]);
  const entities: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"' };
  const open: string[] = [];
  let text = "";
  for (let at = 0; at < html.length; ) {
    const rest = html.slice(at);
    if (rest.startsWith("<")) {
      const tag = /^<(\/?)([a-z]+)>/.exec(rest);
      if (!tag || !allowed.has(tag[2]!)) throw refusal(`unsupported start tag at byte offset ${at}`);
      if (tag[1] === "") open.push(tag[2]!);
      else if (open.pop() !== tag[2]) throw refusal(`unexpected end tag at byte offset ${at}`);
      at += tag[0].length;
    } else if (rest.startsWith("&")) {
      const entity = /^&[a-z]+;/.exec(rest)?.[0];
      if (!entity || !(entity in entities)) throw refusal(`malformed entity at byte offset ${at}`);
      text += entities[entity];
      at += entity.length;
    } else if (rest.startsWith(">")) {
      throw refusal(`stray ">" at byte offset ${at}`);
    } else {
      text += rest[0];
      at += 1;
    }
  }
  if (open.length > 0) throw refusal(`can't find end tag corresponding to start tag "${open.at(-1)}"`);
  return text;
}

function refusal(reason: string): Error {
  return new Error(`Bad Request: can't parse entities: ${reason}`);
}
