import fc from "fast-check";
import { expect, test } from "vitest";
import { findDate } from "../../src/corpus/dates.ts";
import { computingMs } from "../support/computing-time.ts";

test.each([
  "2025年10月30日",
  "2025 年 10 月 30 日",
  "２０２５年１０月３０日",
  "2025年10月30号",
  "2025-10-30",
  "2025/10/30",
  "2025.10.30",
  "２０２５－１０－３０",
  "二〇二五年十月三十日",
  "二○二五年十月三十日",
  "二零二五年十月卅日",
  "2025-10-30T09:12:00+08:00",
  "30 October 2025",
  "30th of October, 2025",
  "October 30, 2025",
  "Oct. 30, 2025",
  "published OCTOBER 30 2025",
  "编号123456，印于2025年10月30日。",
  "2025-13-40，2025年2月29日，2025年10月30日，2025年11月1日",
])("a date of that day is found: %s", (text) => {
  expect(findDate(text)).toBe("2025-10-30");
});

test.each([
  "",
  "2025年10月",
  "10月30日",
  "2025-13-40",
  "2025年2月29日",
  "1899-12-31",
  "2101-01-01",
  "12025-10-30",
  "2025-10-301",
  "2025-10/30",
  "192.168.2025.10.30",
  "10 2025",
  "31 June 2025",
  "Mayor 30, 2025",
])("no date is found: %s", (text) => {
  expect(findDate(text)).toBeUndefined();
});

test("every day is found however it is written", () => {
  const numeral = (value: number) => {
    const digits = "〇一二三四五六七八九";
    const [tens, ones] = [Math.floor(value / 10), value % 10];
    return `${tens > 1 ? digits[tens] : ""}${tens > 0 ? "十" : ""}${ones > 0 ? digits[ones] : ""}`;
  };
  const day = fc.date({ min: new Date("1900-01-01"), max: new Date("2100-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(day, fc.constantFrom("", "日报", "on ", "（"), (date, before) => {
      const iso = date.toISOString().slice(0, 10);
      const [year, month, days] = iso.split("-").map(Number) as [number, number, number];
      const years = [...String(year)].map((digit) => "〇一二三四五六七八九"[Number(digit)]).join("");
      const english = { timeZone: "UTC", year: "numeric", month: "long", day: "numeric" } as const;
      for (const text of [
        iso,
        `${year}年${month}月${days}日`,
        `${years}年${numeral(month)}月${numeral(days)}日`,
        date.toLocaleDateString("en-GB", english),
        date.toLocaleDateString("en-US", english),
      ]) {
        expect(findDate(`${before}${text}，`)).toBe(iso);
      }
    }),
  );
});

test("a long text of digits and marks takes no time", () => {
  for (const part of ["2025-", "1", "年", "20", "一", "2025年 ", "2025-1-1-", "may "]) {
    const started = computingMs();
    findDate(part.repeat(1_000_000));
    expect(computingMs() - started).toBeLessThan(3000);
  }
});
