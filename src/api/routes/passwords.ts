/** Names and passwords, where they are switched on: to everybody else these addresses are none. */

import type { Logger } from '../../log.ts';
import type { PasswordDoor, PasswordOwner } from '../../sessions/passwords/password-door.ts';
import type { PasswordProblem } from '../../sessions/passwords/password-rule.ts';
import { passwordLength } from '../../sessions/passwords/password-rule.ts';
import {
	beginFactor,
	changePassword,
	choosePassword,
	keepFactor,
	readOwnPassword,
	readPasswordLink,
	usePassword,
} from '../contract/passwords.ts';
import type { Gate } from '../gate.ts';
import type { SignedInCall } from '../own-view.ts';
import { ApiRefusal, notFound } from '../refusal.ts';
import { type ServedRoute, serve } from '../serve.ts';
import type { ApiServices } from '../services.ts';

/** For as long as somebody may stay away and be known again: half a year. */
const knownBrowserSeconds = 182 * 24 * 3_600;

export function passwordRoutes(gate: Gate, { logger }: { logger: Pick<Logger, 'info'> }): ServedRoute[] {
	const { knownBrowser } = gate.cookies;

	return [
		serve(usePassword, async ({ body: { name, password, code }, services, request, reply, signal }) => {
			const door = doorOf(services);
			const browser = { from: gate.subscriberOf(request), knownBrowser: knownBrowser.read(request.headers.cookie) };
			const outcome = await door.enter({ name, password, code: code ?? null, ...browser });
			if ('refused' in outcome) {
				if (outcome.refused === 'code-needed') return { state: outcome.refused };
				logger.info({ reason: outcome.refused }, 'a sign-in with a password was refused');
				throw outcome.refused === 'wrong' ? wrong() : wrongCode();
			}
			const person = await services.signedIn.personOf(outcome.entered, signal);
			// Who is locked is told no more than who is not there.
			if (person === null) throw wrong();
			gate.setSession(reply, await services.signIn.enterAs(person, gate.browserOf(request), 'password'));
			reply.header('set-cookie', knownBrowser.write(outcome.knownBrowser, knownBrowserSeconds));
			return { state: 'signed-in' as const };
		}),

		serve(readPasswordLink, async ({ body: { secret }, services }) => {
			const owner = await doorOf(services).linkOwner(secret);
			if (owner === null) throw linkGone();
			return owner;
		}),

		serve(choosePassword, async ({ body: { secret, password }, services }) => {
			const outcome = await doorOf(services).choose(secret, password);
			if (outcome === 'gone') throw linkGone();
			if (outcome !== 'chosen') throw unfit(outcome);
		}),

		serve(readOwnPassword, async ({ caller: { person }, services: { passwords } }) => {
			const own = (await passwords?.own(person.identityId)) ?? null;
			return own === null ? { isOwn: false, hasSecondFactor: false, recoveryCodesLeft: 0 } : { isOwn: true, ...own };
		}),

		serve(changePassword, async ({ body, ...asking }) => {
			const outcome = await doorOf(asking.services).change(ownerOf(asking), body);
			if (outcome === 'wrong') throw wrongPassword();
			if (outcome !== 'changed') throw unfit(outcome);
			await tellOthers(asking);
		}),

		serve(beginFactor, async ({ body: { password }, ...asking }) => {
			const begun = await doorOf(asking.services).beginSecondFactor(ownerOf(asking), password);
			if (begun === 'wrong') throw wrongPassword();
			return begun;
		}),

		serve(keepFactor, async ({ body: { code }, ...asking }) => {
			const kept = await doorOf(asking.services).keepSecondFactor(ownerOf(asking), code);
			if (kept === 'wrong') throw wrongCode();
			await tellOthers(asking);
			return { recoveryCodes: kept };
		}),
	];
}

function doorOf({ passwords }: ApiServices): PasswordDoor {
	if (passwords === null) throw notFound();
	return passwords;
}

function ownerOf({ caller: { person, pass } }: SignedInCall): PasswordOwner {
	return { identityId: person.identityId, sessionId: pass.id };
}

/** Whoever reads on in a session that has ended is shut out now. */
async function tellOthers({ caller: { person }, services: { live } }: SignedInCall): Promise<void> {
	await live.publisher.tellPerson(person.userId, { kind: 'sessions' });
}

const wrong = () => new ApiRefusal('FORBIDDEN', { sentence: ({ web }) => web.passwords.wrong });
const wrongPassword = () => new ApiRefusal('FORBIDDEN', { sentence: ({ web }) => web.passwords.wrongPassword });
const wrongCode = () => new ApiRefusal('FORBIDDEN', { sentence: ({ web }) => web.passwords.wrongCode });
const linkGone = () => new ApiRefusal('NOT_FOUND', { sentence: ({ web }) => web.passwords.linkGone });

function unfit(problem: PasswordProblem): ApiRefusal {
	return new ApiRefusal('CONFLICT', { sentence: ({ web: { passwords } }) => passwords.unfit[problem](passwordLength) });
}
