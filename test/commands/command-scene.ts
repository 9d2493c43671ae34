/** What tests of commands begin with: somebody who gives one in a personal chat, in English unless it is said. */

import { type Commands, createCommands } from '#src/commands/commands.ts';
import type { Caller, Command } from '#src/commands/definition.ts';
import type { CommandServices } from '#src/commands/services.ts';
import type { Typed } from '#src/commands/typed-arguments.ts';
import type { Person } from '#src/identity/person.ts';
import { english } from '#src/locales/english.ts';
import type { Place } from '#src/platform/place.ts';
import { resultText } from '#src/platform/result-text.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { createFakeModelPool } from '#test/fakes/model-pool.ts';

export const employee: Person = {
	userId: 'ana',
	identityId: 'account',
	role: 'ccb_employee',
	displayName: 'Ana',
	locale: null,
	standing: 'member',
	limits: {},
};
export const administrator: Person = { ...employee, role: 'ccb_admin' };

export const account = { tenantId: 'T', accountId: 'ana' };

export function placeOfKind(kind: Place['kind']): Place {
	return { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '', kind };
}

/** All commands over the few parts of the program that the test looks at. */
export function commandsOver(services: Partial<CommandServices>): Commands {
	return createCommands({ build: { version: '1.2.3', commit: 'abc1234' }, models: createFakeModelPool(), ...services } as CommandServices);
}

/** @returns the answer as text. */
export async function runCommand(
	command: Command,
	typed: Typed,
	{ services = {}, questionId = '', ...caller }: Partial<Caller> & { services?: Partial<CommandServices>; questionId?: string } = {},
): Promise<string> {
	const said = { words: english, place: placeOfKind('direct'), isConversation: true, signal: new AbortController().signal };
	const everybody = { person: administrator, account, platform: createFakePlatform(), ...said };
	const result = await commandsOver(services).run(command, typed, { ...everybody, ...caller });
	if (result === 'not-allowed') return result;
	if ('begin' in result) {
		const begun = await result.begin(said.signal);
		return 'sentence' in begun ? begun.sentence : begun.typed;
	}
	return 'answer' in result ? (await result.answer(questionId, said.signal)).text : resultText(result);
}
