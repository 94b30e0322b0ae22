import { once } from "node:events";
import type { Server } from "node:http";
import { AppError } from "./errors.ts";

/** This machine only: whatever comes from elsewhere comes through a proxy. */
export const LOOPBACK = "127.0.0.1";

/** Has the server listen on this machine. Throws an AppError that names the option where the port is taken. */
export async function listen(server: Server, port: number, option: string): Promise<void> {
  server.listen(port, LOOPBACK);
  try {
    await once(server, "listening");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new AppError(
      `Cannot listen on ${LOOPBACK}:${port} (${code}). Set ${option} to a free port, or stop the other program.`,
      { cause: error },
    );
  }
}
