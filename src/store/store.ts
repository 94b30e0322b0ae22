import { z } from "zod";
import { type AdmissionStore, createAdmissionStore } from "./admissions.ts";
import { type AskedStore, createAskedStore } from "./asked.ts";
import { type ChangeStore, createChangeStore } from "./changes.ts";
import { type ChatStore, createChatStore } from "./chats.ts";
import { type Database, openDatabase } from "./database.ts";
import { createDigestStore, type DigestStore } from "./digests.ts";
import { createForget, type Forgotten } from "./forget.ts";
import { createGapStore, type GapStore } from "./gaps.ts";
import { createInbox, type Inbox, type InboxOptions } from "./inbox.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { createPeopleStore, type PeopleStore } from "./people.ts";
import { createStatisticsStore, type StatisticsStore } from "./statistics.ts";

/** What survives a restart. */
export interface Store {
  readonly asked: AskedStore;
  readonly people: PeopleStore;
  readonly chats: ChatStore;
  readonly gaps: GapStore;
  readonly digests: DigestStore;
  readonly statistics: StatisticsStore;
  /** Deletes what is kept of a person; nothing of it is left in the files. */
  forget(person: number): Forgotten;
  readonly changes: ChangeStore;
  readonly admissions: AdmissionStore;
  readonly outbox: Outbox;
  /** Opens the inbox; once. */
  openInbox<Update extends { readonly update_id: number }>(options: InboxOptions<Update>): Inbox<Update>;
  /** Nothing that was deleted is left in the write-ahead log. */
  emptyLog(): void;
  atomically: Database["atomically"];
  close(): void;
}

/** Opens what is kept in the folder of the state. Throws an AppError where that cannot be. */
export function openStore(stateDir: string): Store {
  const database = openDatabase(stateDir);
  const asked = createAskedStore(database);
  const people = createPeopleStore(database);
  return {
    asked,
    people,
    chats: createChatStore(database),
    gaps: createGapStore(database),
    digests: createDigestStore(database),
    statistics: createStatisticsStore(database),
    forget: createForget(database, asked, people),
    changes: createChangeStore(database),
    admissions: createAdmissionStore(database),
    outbox: createOutbox(database),
    openInbox: (options) => createInbox(database, options),
    emptyLog: () => void database.all(z.unknown(), "PRAGMA wal_checkpoint(TRUNCATE)"),
    atomically: database.atomically,
    close: database.close,
  };
}
