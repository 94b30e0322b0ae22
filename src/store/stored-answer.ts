import { z } from "zod";
import type { Answer, ArticleId } from "../types.ts";

const articleId = z.string().transform((id) => id as ArticleId);

const quote = z.object({
  text: z.string(),
  field: z.enum(["text", "title", "authors"]),
  articleId,
  title: z.string(),
  authors: z.array(z.string()),
  source: z.string().exactOptional(),
  page: z.number().exactOptional(),
  publishedAt: z.string().exactOptional(),
  paragraph: z.number().exactOptional(),
  start: z.number(),
  end: z.number(),
  citation: z.number(),
});

const base = { question: z.string(), language: z.string(), confidence: z.number() };

const answer: z.ZodType<Answer> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("answered"),
    ...base,
    quotes: z.array(quote).min(1),
    list: z
      .object({
        declared: z.number().nullable(),
        found: z.number(),
        complete: z.boolean(),
        elided: z.literal(true).exactOptional(),
        items: z.array(z.string()),
      })
      .exactOptional(),
    phrasing: z
      .object({
        sentences: z.array(z.object({ text: z.string(), citation: z.number() })).min(1),
        model: z.string(),
      })
      .exactOptional(),
  }),
  z.object({
    kind: z.literal("not-found"),
    ...base,
    nearest: z.array(z.object({ articleId, title: z.string() })),
  }),
]);

/** An answer as it was kept: JSON in a column. */
export const storedAnswer: z.ZodType<Answer> = z.string().transform((json) => answer.parse(JSON.parse(json)));
