/** What administrators look at and order on the page: what the chat's commands show and do, and lists that do not fit into a chat. */

import type { Command } from '../../commands/definition.ts';
import type { Readiness } from '../../http/readiness.ts';
import { webPlatform } from '../../identity/account.ts';
import { noteDeed } from '../../identity/log-entry.ts';
import type { CommandResult } from '../../platform/command-result.ts';
import { createValueStore } from '../../value-store.ts';
import { giveOrder, listPeople, type OrderResultPart, readHealth, readUsageOfAll } from '../contract/administration.ts';
import type { RouteDefinition } from '../contract/define-route.ts';
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

/** Whoever tries again and again stands in the log once in so long. */
const notedMs = 60_000;

export function administrationRoutes({ now, version, readiness }: AdministrationRoutesDependencies): ServedRoute[] {
	const noted = createValueStore(now);

	/** @throws ApiRefusal `NOT_FOUND` for whoever is no administrator: what there would be they do not learn. */
	async function requireAdministrator(
		{ caller: { person }, services: { database } }: SignedInCall,
		{ name }: RouteDefinition,
	): Promise<void> {
		if (person.role === 'ccb_admin') return;
		if (noted.get(person.userId) === null) {
			noted.set(person.userId, '', notedMs);
			const entry = { action: 'admin-page', outcome: 'refused', subjectUserId: person.userId, details: { route: name } } as const;
			await database.asUser(person, (transaction) => noteDeed(transaction, person, entry));
		}
		throw notFound();
	}

	return [
		serve(giveOrder, async ({ body, words, ...asking }) => {
			await requireAdministrator(asking, giveOrder);
			const { caller, services, signal } = asking;
			const { commands, platforms } = services;
			const found = commands.find(body.order);
			const platform = platforms.get(webPlatform);
			if (found === null || platform === undefined || !isForPage(found.command)) return { result: [words.command.unknown(body.order)] };
			if (found.command.onlyLooks?.(found.typed) !== true) requireFreshSignIn(caller.pass, now(), ({ web }) => web.signInToOrder);
			const { person, account } = caller;
			const place = { platform: webPlatform, tenantId: webPlatform, channelId: person.userId, threadId: '', kind: 'direct' } as const;
			const result = await commands.run(found.command, found.typed, {
				person,
				account,
				platform,
				words,
				place,
				isConversation: true,
				signal,
			});
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

		serve(readHealth, async (asking) => {
			await requireAdministrator(asking, readHealth);
			const { ready: isReady, parts } = await readiness();
			return { isReady, version, parts: Object.entries(parts).map(([name, { state, reason = null }]) => ({ name, state, reason })) };
		}),
	];
}

/** Those of administrators, and those that say of themselves what of them only looks. */
function isForPage({ audience, onlyLooks }: Pick<Command, 'audience' | 'onlyLooks'>): boolean {
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
