/**
 * Telegram allows 4096 characters after entity parsing (https://core.telegram.org/bots/api#sendmessage). We stay
 * below that in UTF-16 units of the raw HTML, which is never less.
 */
export const MAX_MESSAGE_CHARS = 4096;

/** Any text as Telegram HTML that shows it. */
export function escapeHtml(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(/\p{Cc}/gu, (control) => (control === "\n" || control === "\t" ? control : ""))
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** What a reader sees of HTML made here, for when Telegram does not take the HTML. */
export function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** The longest beginning of a text that takes at most `room` units as HTML, with "…" where it is cut. */
export function fitText(room: number, text: string): string {
  const whole = escapeHtml(text);
  if (whole.length <= room) return whole;
  let html = "";
  for (const character of text) {
    const next = html + escapeHtml(character);
    if (next.length > room - 1) break;
    html = next;
  }
  return `${html}…`;
}
