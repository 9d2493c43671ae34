/** Who is signed in, and where. */

import { languageOf } from '../../locales/locales.ts';
import { endSession, listSessions, readMe, signOut } from '../contract/people.ts';
import type { Gate } from '../gate.ts';
import { notFound } from '../refusal.ts';
import { type ServedRoute, serve } from '../serve.ts';

const selectAccounts = `
	select platform, display_name as name from identities where user_id = $1 and not is_deactivated order by id = $2 desc, platform, display_name`;

export function peopleRoutes(gate: Gate, { version, language }: { version: string; language: 'en' | 'es' }): ServedRoute[] {
	return [
		serve(readMe, async ({ caller: { person, pass }, services: { database } }) => {
			const accounts = await database.queryAs<{ platform: string; name: string }>(person, selectAccounts, [
				person.userId,
				person.identityId,
			]);
			const { displayName: name, role, locale } = person;
			const isAdministrator = role === 'ccb_admin';
			return {
				id: person.userId,
				name,
				role: role.replace(/^ccb_/, ''),
				isAdministrator,
				language: languageOf(locale, language),
				accounts,
				sessionId: pass.kind === 'session' ? pass.id : null,
				version,
			};
		}),

		serve(listSessions, async ({ caller: { person, pass }, services: { sessions } }) => {
			const rows = await sessions.list(person.userId);
			const shown = rows.map(({ id, platform, displayName: name, signedInAt, lastSeenAt, expiresAt, agent, address }) => {
				const times = { signedInAt: signedInAt.toISOString(), lastSeenAt: lastSeenAt.toISOString(), expiresAt: expiresAt.toISOString() };
				return { id, isThis: id === pass.id, account: { platform, name }, ...times, agent, address };
			});
			return { sessions: shown };
		}),

		serve(endSession, async ({ caller: { person }, variables: { id }, services: { sessions, live } }) => {
			if (!(await sessions.end(person.userId, id))) throw notFound();
			await live.publisher.tellPerson(person.userId, { kind: 'sessions' });
		}),

		serve(signOut, async ({ caller: { person, pass }, body: { everywhere }, services: { sessions, live }, reply }) => {
			if (everywhere) await sessions.endAll(person.userId);
			else await sessions.end(person.userId, pass.id);
			await live.publisher.tellPerson(person.userId, { kind: 'sessions' });
			reply.removeHeader('set-cookie');
			reply.header('set-cookie', gate.cookies.session.clear());
		}),
	];
}
