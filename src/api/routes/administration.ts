/** What administrators look at and order on the page: what the chat's commands show and do, and lists that do not fit into a chat. */

import type { Command } from '../../commands/definition.ts';
import type { Readiness } from '../../http/readiness.ts';
import { webPlaceOf, webPlatform } from '../../identity/account.ts';
import type { CommandResult } from '../../platform/command-result.ts';
import type { Place } from '../../platform/place.ts';
import type { RequireAdministrator } from '../administrator-gate.ts';
import { giveOrder, listPeople, type OrderResultPart, readHealth, readUsageOfAll } from '../contract/administration.ts';
import { requireFreshSignIn } from '../fresh-sign-in.ts';
import type { SignedInCall } from '../own-view.ts';
import { notFound } from '../refusal.ts';
import { type ServedRoute, serve } from '../serve.ts';

export interface AdministrationRoutesDependencies {
	now: () => number;
	/** Of the program. */
	version: string;
	readiness: () => Promise<Readiness>;
}

export function administrationRoutes(
	requireAdministrator: RequireAdministrator,
	{ now, version, readiness }: AdministrationRoutesDependencies,
): ServedRoute[] {
	return [
		serve(giveOrder, async ({ body, words, ...asking }) => {
			await requireAdministrator(asking, giveOrder);
			const { caller, services, signal } = asking;
			const { commands, platforms } = services;
			const place = await placeOfOrder(asking, body.channel);
			const platform = platforms.get(place.platform);
			const found = commands.find(body.order);
			if (found === null || platform === undefined || !isForPage(found.command, place))
				return { result: [words.command.unknown(body.order)] };
			if (found.command.onlyLooks?.(found.typed) !== true) requireFreshSignIn(caller.pass, now(), ({ web }) => web.signInToOrder);
			const { person, account } = caller;
			const isConversation = place.platform === webPlatform;
			const result = await commands.run(found.command, found.typed, { person, account, platform, words, place, isConversation, signal });
			return { result: Array.isArray(result) ? partsOf(result) : [words.command.unknown(body.order)] };
		}),

		serve(listPeople, async ({ query: { query = '', page = 0 }, ...asking }) => {
			await requireAdministrator(asking, listPeople);
			const { people, roles, hasMore } = await asking.services.people.read(asking.caller.person, { query, page });
			const shown = people.map(({ userId: id, accounts, ...person }) => ({ id, ...person, accounts: [...accounts] }));
			return { people: shown, roles: [...roles], hasMore };
		}),

		serve(readUsageOfAll, async ({ query: { days = '30' }, ...asking }) => {
			await requireAdministrator(asking, readUsageOfAll);
			const { caller, services } = asking;
			const counts = await services.usageCounts.of(caller.person, Number(days), caller.person.timeZone ?? services.timeZone);
			return { days: [...counts.days], platforms: [...counts.platforms], models: [...counts.models], people: [...counts.people] };
		}),

		serve(readHealth, async ({ words, ...asking }) => {
			await requireAdministrator(asking, readHealth);
			const { health: said } = words.administration.operating;
			const { ready: isReady, parts } = await readiness();
			return {
				isReady,
				version,
				parts: Object.entries(parts).map(([name, { state, reason }]) => ({
					name,
					state,
					reason: reason === undefined ? null : said.reason(reason),
				})),
			};
		}),
	];
}

/** Where the order counts as typed: alone on the web, or in a channel as its row names it. @throws ApiRefusal `NOT_FOUND`. */
async function placeOfOrder({ caller: { person }, services }: SignedInCall, channel: string | undefined): Promise<Place> {
	if (channel === undefined) return webPlaceOf(person.userId, '');
	const found = await services.channels.find(person, channel, [...services.platforms.keys()]);
	if (found === null) throw notFound();
	return found.place;
}

/** In a channel what is decided there; else those of administrators, and those that say of themselves what of them only looks. */
function isForPage({ names, audience, onlyLooks }: Pick<Command, 'names' | 'audience' | 'onlyLooks'>, place: Place): boolean {
	if (place.platform !== webPlatform) return names.en === 'channel';
	return audience === 'administrators' || onlyLooks !== undefined;
}

function partsOf(result: CommandResult): OrderResultPart[] {
	return result.map((part) => {
		if (typeof part === 'string') return part;
		if ('rows' in part) return { rows: part.rows.map(([name, value]) => [name, value]) };
		if ('table' in part) return { columns: [...part.columns], table: part.table.map((row) => [...row]) };
		return { list: [...part.list] };
	});
}
