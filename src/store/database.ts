import { chmodSync } from "node:fs";
import { join } from "node:path";
import Libsql from "libsql";
import { z } from "zod";
import { makeFolder } from "../durable.ts";
import { AppError, messageOf } from "../errors.ts";

/** What SQLite keeps: a text, a number, or nothing. */
export type Value = string | number | null;

/** SQL with zod at its edge; a row that is not as the schema says is a bug, and throws. */
export interface Database {
  all<Row>(schema: z.ZodType<Row>, sql: string, ...values: Value[]): Row[];
  get<Row>(schema: z.ZodType<Row>, sql: string, ...values: Value[]): Row | undefined;
  /** Gives the id of the inserted row, and how many rows were changed. */
  run(sql: string, ...values: Value[]): { readonly id: number; readonly changes: number };
  /** All of it happens, or nothing. */
  atomically<T>(work: () => T): T;
  /** As `run`, but lost again where the machine loses its power soon after; not where the program is killed. */
  runUnsynced: Database["run"];
  close(): void;
}

/** Each brings the database of an earlier version one further; what is here is never changed, only added to. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    language TEXT,
    told_original INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE chat (
    id INTEGER PRIMARY KEY,
    collection TEXT,
    auto_answer INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE admission (
    id INTEGER PRIMARY KEY,
    former_id INTEGER,
    code TEXT UNIQUE,
    language TEXT,
    told_at INTEGER,
    admitted_at INTEGER
  );
  CREATE TABLE asked (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    surface TEXT NOT NULL,
    chat INTEGER,
    topic INTEGER,
    person INTEGER,
    collection TEXT NOT NULL,
    language TEXT NOT NULL,
    message INTEGER,
    reply INTEGER,
    question TEXT NOT NULL,
    meant TEXT NOT NULL,
    kind TEXT NOT NULL,
    answer TEXT NOT NULL,
    ms REAL NOT NULL,
    followable INTEGER NOT NULL DEFAULT 1,
    settled TEXT
  );
  CREATE INDEX asked_chat ON asked (chat, id);
  CREATE INDEX asked_message ON asked (chat, message);
  CREATE INDEX asked_reply ON asked (chat, reply);
  CREATE INDEX asked_person ON asked (person);
  CREATE INDEX asked_at ON asked (at);
  CREATE TABLE feedback (
    asked INTEGER NOT NULL REFERENCES asked (id) ON DELETE CASCADE,
    person INTEGER NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (asked, person)
  );
  CREATE TABLE corpus_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    change TEXT NOT NULL
  );
  CREATE TABLE gap_prompt (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    article TEXT
  );
  CREATE TABLE gap_prompt_asked (
    prompt INTEGER NOT NULL REFERENCES gap_prompt (id) ON DELETE CASCADE,
    asked INTEGER NOT NULL REFERENCES asked (id) ON DELETE CASCADE,
    telling INTEGER NOT NULL DEFAULT 0,
    told INTEGER,
    PRIMARY KEY (prompt, asked)
  );
  CREATE INDEX gap_prompt_asked_asked ON gap_prompt_asked (asked);
  CREATE TABLE sent_digest (at INTEGER PRIMARY KEY);
  `,
  `
  CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    update_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    turn TEXT NOT NULL,
    times INTEGER NOT NULL DEFAULT 0,
    body TEXT,
    UNIQUE (source, update_id)
  );
  CREATE INDEX inbox_unhandled ON inbox (id) WHERE body IS NOT NULL;
  CREATE TABLE outbox (
    task TEXT NOT NULL,
    chat TEXT NOT NULL,
    number INTEGER NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    result TEXT,
    PRIMARY KEY (task, chat, number)
  );
  `,
  `
  ALTER TABLE corpus_change ADD COLUMN task TEXT;
  CREATE UNIQUE INDEX corpus_change_task ON corpus_change (task);
  UPDATE outbox SET task = task || ' 1' WHERE task LIKE 'telling %';
  DELETE FROM outbox WHERE task = 'digest';
  `,
];

/** The longest wait for another process that writes. */
const BUSY_MS = 5000;

/**
 * Opens `wenbao.db` in the folder of the state, which is made where it is missing. Every write is on disk when it
 * returns (https://www.sqlite.org/pragma.html#pragma_synchronous).
 *
 * @throws AppError where the file cannot be opened, is damaged, or was written by a later version. Nothing of it is lost then.
 */
export function openDatabase(stateDir: string): Database {
  const path = join(stateDir, "wenbao.db");
  let libsql: Libsql.Database;
  let unsynced: Libsql.Database;
  try {
    makeFolder(stateDir, 0o700);
    libsql = connect(path, "FULL");
    // What people ask is nobody else's; the files beside it take over its mode.
    chmodSync(path, 0o600);
    unsynced = connect(path, "NORMAL");
    // Reads all of it: 0.3 s for 100 MB.
    const [found] = checked.parse(libsql.pragma("quick_check(1)"));
    if (found.quick_check !== "ok") throw damaged(path, found.quick_check);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw isDamage(error) ? damaged(path, error) : unopened(path, error);
  }
  const database = wrap(libsql, unsynced, path);
  try {
    migrate(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error instanceof AppError ? error : unopened(path, error);
  }
}

function connect(path: string, synchronous: "FULL" | "NORMAL"): Libsql.Database {
  const libsql = new Libsql(path, { timeout: BUSY_MS });
  libsql.pragma("journal_mode = WAL");
  libsql.pragma(`synchronous = ${synchronous}`);
  libsql.pragma("foreign_keys = ON");
  libsql.pragma("secure_delete = ON");
  return libsql;
}

const checked = z.tuple([z.object({ quick_check: z.string() })], z.unknown());

function isDamage(error: unknown): boolean {
  return /^SQLITE_(?:CORRUPT|NOTADB)/.test(String((error as { code?: unknown }).code));
}

function damaged(path: string, cause: unknown): AppError {
  return new AppError(
    `${path} is damaged (${messageOf(cause)}). Stop the program and put a copy of it back; without one, keep what ` +
      `"sqlite3 ${path} .recover" can read of it, or move it and ${path}-wal away to begin anew.`,
    { cause },
  );
}

function unopened(path: string, cause: unknown): AppError {
  const advice = "Check STATE_DIR; to begin anew, move the file away.";
  return new AppError(`${path} cannot be opened (${messageOf(cause)}). ${advice}`, { cause });
}

function wrap(libsql: Libsql.Database, unsynced: Libsql.Database, path: string): Database {
  /** A damage may be met only when its page is read. */
  const telling = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw isDamage(error) ? damaged(path, error) : error;
    }
  };
  const preparing = (connection: Libsql.Database) => {
    const statements = new Map<string, Libsql.Statement<Value[]>>();
    return (sql: string): Libsql.Statement<Value[]> => {
      const known = statements.get(sql);
      if (known) return known;
      const statement = connection.prepare<Value[]>(sql);
      statements.set(sql, statement);
      return statement;
    };
  };
  const prepare = preparing(libsql);
  const prepareUnsynced = preparing(unsynced);
  const running =
    (prepareOne: typeof prepare): Database["run"] =>
    (sql, ...values) => {
      const { lastInsertRowid, changes } = telling(() => prepareOne(sql).run(...values));
      return { id: Number(lastInsertRowid), changes };
    };
  const atomically = <T>(work: () => T): T => {
    telling(() => libsql.exec("BEGIN IMMEDIATE"));
    try {
      const result = work();
      telling(() => libsql.exec("COMMIT"));
      return result;
    } catch (error) {
      // SQLite has done so itself where the disk is full.
      if (libsql.inTransaction) libsql.exec("ROLLBACK");
      throw error;
    }
  };
  return {
    all: (schema, sql, ...values) => z.array(schema).parse(telling(() => prepare(sql).all(...values))),
    get: (schema, sql, ...values) => schema.optional().parse(telling(() => prepare(sql).get(...values))),
    run: running(prepare),
    runUnsynced: running(prepareUnsynced),
    atomically,
    close: () => {
      unsynced.close();
      libsql.close();
    },
  };
}

function migrate(database: Database, path: string): void {
  const version = database.get(z.object({ user_version: z.number() }), "PRAGMA user_version")!.user_version;
  if (version > MIGRATIONS.length) {
    throw new AppError(`${path} was written by a later version of Wenbao. Update the program.`);
  }
  for (const [step, sql] of MIGRATIONS.entries()) {
    if (step < version) continue;
    database.atomically(() => {
      for (const statement of sql.split(";").filter((part) => part.trim() !== "")) database.run(statement);
      database.run(`PRAGMA user_version = ${step + 1}`);
    });
  }
}
