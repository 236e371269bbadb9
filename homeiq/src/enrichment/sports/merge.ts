import type { Game, SportsFacts } from "#enrichment/provider.ts";

/**
 * Of two providers that know a game, Home Assistant's own and ESPN, it is listed once: by its start and sides. What the
 * first says of it counts; it is followed for whom any of them says so.
 */
export function mergeGames(lists: readonly SportsFacts[]): SportsFacts {
  const games = new Map<string, Game>();
  for (const game of lists.flatMap((facts) => facts.games)) {
    const sides = [game.home, game.away].map(({ short, name }) => (short ?? name).toLowerCase());
    const key = `${game.start} ${sides.sort().join(" ")}`;
    const known = games.get(key);
    games.set(key, known ? { ...known, ...followedByBoth(known, game) } : game);
  }
  return { games: [...games.values()].sort((one, other) => one.start - other.start) };
}

function followedByBoth(one: Game, other: Game): Pick<Game, "followed"> {
  const sides = new Set([...(one.followed ?? []), ...(other.followed ?? [])]);
  return sides.size === 0 ? {} : { followed: [...sides] };
}
