/** Who is signed in, and where. */

import { languageOf } from '../../locales/locales.ts';
import { changeMe, endSession, listReads, listSessions, type Me, readMe, signOut, unlinkAccount } from '../contract/people.ts';
import type { Gate } from '../gate.ts';
import type { SignedInCall } from '../own-view.ts';
import { ApiRefusal, notFound } from '../refusal.ts';
import { type ServedRoute, serve } from '../serve.ts';

const selectAccounts = `
	select id, platform, display_name as name from identities where user_id = $1 and not is_deactivated order by id = $2 desc, platform, display_name`;

export function peopleRoutes(gate: Gate, { version, language }: { version: string; language: 'en' | 'es' }): ServedRoute[] {
	async function meOf({ caller: { person, pass }, services: { database, languages } }: SignedInCall): Promise<Me> {
		const accounts = await database.queryAs<Me['accounts'][number]>(person, selectAccounts, [person.userId, person.identityId]);
		const { displayName: name, role, locale } = person;
		const chosenLanguage = await languages.of(person);
		return {
			id: person.userId,
			name,
			role: role.replace(/^ccb_/, ''),
			isAdministrator: role === 'ccb_admin',
			// It may have been chosen after this person was looked up.
			language: chosenLanguage ?? languageOf(locale, language),
			...{ chosenLanguage, accounts, sessionId: pass.kind === 'session' ? pass.id : null, version },
		};
	}

	return [
		serve(readMe, async (asking) => await meOf(asking)),

		serve(changeMe, async ({ body, ...asking }) => {
			const { caller, services, signal } = asking;
			await services.languages.choose(caller.person, body.language);
			const again = await services.signedIn.again(caller.pass, signal);
			return await meOf({ ...asking, caller: again ?? caller });
		}),

		serve(unlinkAccount, async ({ caller: { person }, variables: { id }, services: { database, links, live } }) => {
			const accounts = await database.queryAs<{ id: string }>(person, selectAccounts, [person.userId, person.identityId]);
			if (!accounts.some((account) => account.id === id)) throw notFound();
			const moved = await links.unlink({ ...person, identityId: id });
			if (moved === 0) throw new ApiRefusal('CONFLICT', { sentence: ({ link }) => link.notLinked });
			await live.publisher.tellPerson(person.userId, { kind: 'sessions' });
		}),

		serve(listReads, async ({ caller: { person }, services: { reads } }) => {
			return { reads: (await reads.of(person)).map((read) => ({ ...read, at: read.at.toISOString() })) };
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
