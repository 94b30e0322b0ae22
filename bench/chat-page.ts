/** Somebody in a chat; each has a colour of their own in a group. */
export interface Speaker {
  readonly name: string;
  /** Stands at the right, as what one writes oneself does. */
  readonly isYou?: boolean;
  readonly isBot?: boolean;
}

export interface Bubble {
  readonly from: Speaker;
  /** In Telegram's style of HTML. */
  readonly html: string;
  /** Labels, row by row. */
  readonly buttons: readonly (readonly string[])[];
  /** What it answers to. */
  readonly replyTo?: { readonly from: Speaker; readonly html: string };
  readonly time: string;
}

export interface ChatPage {
  readonly title: string;
  readonly subtitle: string;
  /** Shows who says what. */
  readonly isGroup: boolean;
  readonly bubbles: readonly Bubble[];
}

/** Width of the page in CSS pixels. */
export const PAGE_WIDTH = 520;

/** A page that shows how a chat looks, in a style of our own; its `<html>` gets the page's height as `data-height`. */
export function drawChatPage({ title, subtitle, isGroup, bubbles }: ChatPage): string {
  const rows = bubbles.map((bubble) => drawBubble(bubble, isGroup)).join("\n");
  return `<!doctype html>
<html lang="zh"><meta charset="utf-8"><title>${escapeText(title)}</title><style>${STYLE}</style>
<body><main>
<header>${avatar(title)}<div><b>${escapeText(title)}</b><small>${escapeText(subtitle)}</small></div></header>
<section>
${rows}
</section>
</main>
<script>document.documentElement.dataset.height = document.querySelector("main").offsetHeight</script>
</html>`;
}

function drawBubble({ from, html, buttons, replyTo, time }: Bubble, isGroup: boolean): string {
  const name =
    isGroup && !from.isYou
      ? `<b class="name" style="color:${colourOf(from)}">${escapeText(from.name)}</b>`
      : "";
  const reply = replyTo
    ? `<div class="reply" style="--bar:${colourOf(replyTo.from)}"><b>${escapeText(replyTo.from.name)}</b><p>${replyTo.html}</p></div>`
    : "";
  const keys = buttons.map(
    (row) => `<div class="row">${row.map((label) => `<i>${drawLabel(label)}</i>`).join("")}</div>`,
  );
  return `<article class="${from.isYou ? "you" : "other"}">${isGroup && !from.isYou ? avatar(from.name, colourOf(from)) : ""}
<div class="stack"><div class="bubble">${name}${reply}<div class="text">${drawText(html)}</div><time>${time}</time></div>
${keys.length > 0 ? `<div class="keys">${keys.join("")}</div>` : ""}</div></article>`;
}

/** Telegram keeps line breaks; those beside a quote are its borders. */
function drawText(html: string): string {
  return html
    .replace(
      /<blockquote expandable>(.*?)<\/blockquote>/gs,
      '<blockquote class="expandable"><div>$1</div></blockquote>',
    )
    .replace(/\n?(<blockquote[^>]*>)/g, "$1")
    .replace(/<\/blockquote>\n?/g, "</blockquote>");
}

const THUMB =
  "M2 10h3v10H2zM7 20V10l4-8c1.7 0 2.6 1.2 2.3 2.9L12.7 9H19c1.4 0 2.3 1.2 2 2.5l-1.6 6.8c-.2 1-1.1 1.7-2.1 1.7z";
/** Machines that photograph often have no font of emoji. */
const DRAWN: Readonly<Record<string, string>> = {
  "👍": `<svg viewBox="0 0 24 24"><path d="${THUMB}"/></svg>`,
  "👎": `<svg viewBox="0 0 24 24"><path transform="rotate(180 12 12)" d="${THUMB}"/></svg>`,
};

function drawLabel(label: string): string {
  return escapeText(label).replace(/\p{Emoji_Presentation}/gu, (sign) => {
    const drawing = DRAWN[sign];
    if (!drawing) throw new Error(`There is no drawing for ${sign} in bench/chat-page.ts; add one.`);
    return drawing;
  });
}

function avatar(name: string, colour = "#3f6f68"): string {
  return `<span class="avatar" style="background:${colour}">${escapeText([...name][0] ?? "")}</span>`;
}

const COLOURS = ["#b3541e", "#7a4fa3", "#2b6cb0"];

function colourOf({ name, isBot, isYou }: Speaker): string {
  if (isBot) return "#3f6f68";
  if (isYou) return "#8a6d1f";
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0)!, 0);
  return COLOURS[sum % COLOURS.length]!;
}

function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const STYLE = `
* { box-sizing: border-box; margin: 0 }
body { width: ${PAGE_WIDTH}px; background: #e9e4d8; color: #22262a;
  font: 15px/1.5 "WenQuanYi Micro Hei", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif }
header { display: flex; gap: 12px; align-items: center; padding: 12px 16px; background: #fffdf8;
  border-bottom: 1px solid #d9d2c2 }
header div { display: flex; flex-direction: column; line-height: 1.3 }
header small { color: #7b7a73; font-size: 13px }
section { display: flex; flex-direction: column; gap: 12px; padding: 16px 14px 20px }
.avatar { flex: none; width: 38px; height: 38px; border-radius: 50%; color: #fff; display: flex; align-items: center;
  justify-content: center; font-size: 17px }
article { display: flex; gap: 8px; align-items: flex-end; max-width: 94% }
article.you { align-self: flex-end; max-width: 80% }
article .avatar { width: 32px; height: 32px; font-size: 14px }
.stack { min-width: 0 }
.bubble { position: relative; padding: 8px 12px 7px; border-radius: 14px; border-bottom-left-radius: 4px;
  background: #fffdf8; box-shadow: 0 1px 1.5px #0002 }
.you .bubble { background: #d8ebdf; border-radius: 14px; border-bottom-right-radius: 4px }
.name { display: block; font-size: 14px }
.text { white-space: pre-wrap; overflow-wrap: anywhere }
.text a { color: #2b6cb0; text-decoration: none }
time { display: block; margin-top: -2px; text-align: right; font-size: 11px; color: #8d8b83 }
.reply { margin: 2px 0 6px; padding: 3px 10px; border-left: 3px solid var(--bar); border-radius: 5px;
  background: color-mix(in srgb, var(--bar) 11%, transparent); font-size: 13.5px; line-height: 1.4 }
.reply b { color: var(--bar) }
.reply p { overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
blockquote { position: relative; margin: 4px 0; padding: 5px 26px 6px 11px; border-left: 3px solid #3f6f68;
  border-radius: 5px; background: #3f6f6814 }
blockquote::before { content: "”"; position: absolute; top: 1px; right: 7px; color: #3f6f6899; font: 22px/1 serif }
.expandable div { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden }
.expandable::after { content: ""; position: absolute; right: 9px; bottom: 9px; width: 7px; height: 7px;
  border: solid #3f6f68; border-width: 0 2px 2px 0; rotate: 45deg }
.keys { margin-top: 5px; display: flex; flex-direction: column; gap: 4px }
.row { display: flex; gap: 4px }
.row i { flex: 1 1 0; min-width: 0; padding: 7px 8px; border-radius: 9px; background: #8c8672cc; color: #fff;
  font-style: normal; font-size: 14px; line-height: 1.35; text-align: center; overflow: hidden; white-space: nowrap;
  text-overflow: ellipsis }
svg { width: 17px; height: 17px; vertical-align: -3px; fill: currentColor }
`;
