import { type AskedStore, createAskedStore } from "./asked.ts";
import { type ChatStore, createChatStore } from "./chats.ts";
import { type Database, openDatabase } from "./database.ts";
import { createGapStore, type GapStore } from "./gaps.ts";
import { createPeopleStore, type PeopleStore } from "./people.ts";

/** What survives a restart. */
export interface Store {
  readonly asked: AskedStore;
  readonly people: PeopleStore;
  readonly chats: ChatStore;
  readonly gaps: GapStore;
  atomically: Database["atomically"];
  close(): void;
}

/** Opens what is kept in the folder of the state. Throws an AppError where that cannot be. */
export function openStore(stateDir: string): Store {
  const database = openDatabase(stateDir);
  return {
    asked: createAskedStore(database),
    people: createPeopleStore(database),
    chats: createChatStore(database),
    gaps: createGapStore(database),
    atomically: database.atomically,
    close: database.close,
  };
}
