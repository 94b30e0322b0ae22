import { type Retrieval, type RetrievalParts, retrieve } from "../retrieval/retrieve.ts";
import { type Evidence, findEvidence } from "./evidence.ts";
import { type QuestionAspects, readAspects, subjectOf } from "./question.ts";

/** A question with everything that was found for it. */
export interface Findings {
  readonly aspects: QuestionAspects;
  /** False for "who wrote this?", which does not say what. */
  readonly hasSubject: boolean;
  readonly retrieval: Retrieval;
  /** Best first; empty only over an index without passages. */
  readonly evidence: readonly Evidence[];
}

/** Searches for a question; for an author or title question, for its subject. */
export async function investigate(question: string, parts: RetrievalParts): Promise<Findings> {
  const aspects = readAspects(question);
  const subject = aspects.field === undefined ? question : subjectOf(question);
  const retrieval = await retrieve(subject || question, parts);
  return {
    aspects,
    hasSubject: subject !== "",
    retrieval,
    evidence: await findEvidence(retrieval.query, aspects, retrieval.hits, parts),
  };
}
