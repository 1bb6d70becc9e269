// One tab at a time: the Web Locks of the browser, or where it has none a lease in the database that its holder renews. It knows
// nothing of what is done meanwhile.
import type { Locale } from "../types.js";
import { openShelf, type Shelf } from "./shelf.js";

/** How long a lease lasts without being renewed, and how often it is renewed, in ms. */
const LEASE = 15_000;
const RENEWAL = 5_000;

interface Lease { holder: string; until: number }

/** Runs `work` when no other tab has the turn of this name; the turn ends with it, or with the tab. */
export async function inTurn(name: string, locale: Locale, work: () => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks;
  if (locks !== undefined) {
    await locks.request(name, work);
    return;
  }
  const shelf = await openShelf<Lease>(`${name}-turn`, locale, "relaxed");
  try {
    await leased(shelf, work);
  } finally {
    shelf.close();
  }
}

async function leased(shelf: Shelf<Lease>, work: () => Promise<void>): Promise<void> {
  const holder = `${Date.now()} ${Math.random()}`;
  const take = async (): Promise<boolean> => {
    const lease = await shelf.change("turn", (now) => {
      const free = now === undefined || now.holder === holder || now.until < Date.now();
      return free ? { holder, until: Date.now() + LEASE } : now;
    });
    return lease?.holder === holder;
  };
  while (!(await take())) await new Promise((resolve) => setTimeout(resolve, RENEWAL));
  const renewal = setInterval(() => void take().catch(() => {}), RENEWAL);
  try {
    await work();
  } finally {
    clearInterval(renewal);
    await shelf.change("turn", (now) => (now?.holder === holder ? undefined : now));
  }
}
