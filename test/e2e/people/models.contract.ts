/** Choosing the model that answers, by the commands of every platform. */

import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { modelName } from '../installation.ts';
import { requestsFor } from '../observe.ts';
import { question } from '../promises.ts';
import { answerTo, ask, type Colleague, command, type Everywhere, employee, otherModel, platformNames, usualAnswer } from './everywhere.ts';

const { model: words, administration } = english;

export function describeModels(everywhere: () => Everywhere): void {
	/** Asks, and waits for the answer. @returns the model that was asked. */
	async function modelAsked(person: Colleague, text: string): Promise<string | undefined> {
		expect(await answerTo(person, await ask(person, question(text)))).toBe(usualAnswer);
		return requestsFor(everywhere(), text).at(-1)?.body.model;
	}

	describe.each(platformNames)('a model chosen on %s', (name) => {
		it('answers from the next question on, until the choice is taken back', async () => {
			const company = everywhere();
			const [person, other] = [employee(company[name]), employee(company[name])];
			expect(await command(person, 'model')).toContain(words.how(otherModel));
			expect(await modelAsked(person, `${name} before choosing`)).toBe(modelName);
			expect(await command(person, `model ${otherModel} me`)).toBe(words.chosen.person(otherModel));
			expect(await modelAsked(person, `${name} after choosing`)).toBe(otherModel);
			expect(await modelAsked(other, `${name} somebody else`)).toBe(modelName);
			expect(await command(person, 'model default me')).toBe(words.takenBack.person);
			expect(await modelAsked(person, `${name} after taking back`)).toBe(modelName);
		});

		it('is refused to whoever may not use it', async () => {
			const company = everywhere();
			const person = employee(company[name]);
			const limited = await command(company.administrators[name], `admin limit ${person.reference} models ${modelName}`);
			expect(limited).toContain(administration.done.limited('', 'models', modelName));
			expect(await command(person, `model ${otherModel} me`)).toContain(words.forbidden(otherModel));
			expect(await command(person, 'model')).toContain(words.onlyThis);
			expect(await modelAsked(person, `${name} without the right`)).toBe(modelName);
		});
	});

	it('is that of the conversation where it is chosen in one, and else one’s own', async () => {
		const company = everywhere();
		const [onTeams, onSlack] = [employee(company.teams), employee(company.slack)];
		expect(await command(onTeams, `model ${otherModel}`)).toBe(words.chosen.conversation(otherModel));
		expect(await modelAsked(onTeams, 'in the same chat')).toBe(otherModel);
		// A slash command of Slack stands in no thread.
		expect(await command(onSlack, `model ${otherModel}`)).toBe(`${words.chosen.person(otherModel)}\n${words.forYourself}`);
		expect(await modelAsked(onSlack, 'in a new thread')).toBe(otherModel);
	});
}
