import { expect, it } from 'vitest';
import { createKept } from '../../../../adapters/web/page/state/kept.ts';
import { createKnowledgeChoices } from '../../../../adapters/web/page/state/knowledge-choices.ts';
import { conversationId, FakeStorage } from './fake-api.ts';

const storage = new FakeStorage();

/** As each page makes them, for whoever signs in there. */
function choicesOf(person: string) {
	const choices = createKnowledgeChoices(() => conversationId);
	choices.belongTo(createKept(storage, person));
	return choices;
}

it('still leaves out what the company knows after a reload, for the same person alone, and no more once they have signed out', () => {
	choicesOf('tom').choose(conversationId, true);
	const reloaded = choicesOf('tom');
	expect(reloaded.isLeftOut()).toBe(true);
	expect(choicesOf('ana').isLeftOut()).toBe(false);
	createKept(storage, 'tom').clear();
	reloaded.belongTo(null);
	expect(reloaded.isLeftOut()).toBe(false);
	expect(choicesOf('tom').isLeftOut()).toBe(false);
});

it('keeps the latest fifty, and nothing where all was chosen back', () => {
	const choices = choicesOf('tom');
	for (let number = 0; number <= 50; number++) choices.choose(`${number}`, true);
	expect([choices.isLeftOut('0'), choices.isLeftOut('1'), choices.isLeftOut('50')]).toEqual([false, true, true]);
	for (let number = 0; number <= 50; number++) choices.choose(`${number}`, false);
	expect(createKept(storage, 'tom').names()).toEqual([]);
});
