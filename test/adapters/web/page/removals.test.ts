import { beforeEach, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { ApiProblem } from '../../../../adapters/web/page/state/api-client.ts';
import { createRemovals, type Removals, undoForMs } from '../../../../adapters/web/page/state/removals.ts';
import { conversationView, FakeApi } from './fake-api.ts';

let clock: ManualClock;
let api: FakeApi;
let removals: Removals;
let gone: string[];
let told: unknown[];
const [first, second] = [conversationView({ id: 'first' }), conversationView({ id: 'second' })];

beforeEach(() => {
	clock = createManualClock();
	api = new FakeApi();
	api.views = [first, second];
	gone = [];
	told = [];
	const problem = (thrown: unknown) => void told.push(thrown);
	removals = createRemovals({ api, clock, gone: (id) => void gone.push(id), problem });
});

const leaving = () => removals.removals.get().map(({ view }) => view.id);

it('removes for good only once it can no longer be undone', async () => {
	removals.remove(first);
	await clock.advance(undoForMs - 1);
	expect([leaving(), api.removed]).toEqual([['first'], []]);
	await clock.advance(1);
	expect([leaving(), api.removed, gone]).toEqual([[], ['first'], ['first']]);
});

it('leaves alone what was undone, also when it is removed again later', async () => {
	removals.remove(first);
	await clock.advance(undoForMs - 1);
	removals.undo('first');
	removals.remove(first);
	await clock.advance(1);
	expect([leaving(), api.removed]).toEqual([['first'], []]);
	removals.undo('first');
	await clock.advance(undoForMs);
	expect([leaving(), api.removed]).toEqual([[], []]);
});

it('removes at once what is out of sight when the page goes, each once', async () => {
	removals.remove(first);
	removals.remove(second);
	removals.undo('second');
	await removals.flush();
	await removals.flush();
	await clock.advance(undoForMs);
	expect(api.removed).toEqual(['first']);
});

it('shows again what could not be removed, and says why; one that somebody else removed is gone', async () => {
	removals.remove(first);
	api.problem = new ApiProblem('away');
	await clock.advance(undoForMs);
	expect([leaving(), told, gone]).toEqual([[], [api.problem], []]);
	api.problem = null;
	api.views = [];
	removals.remove(first);
	await clock.advance(undoForMs);
	expect([leaving(), gone, told.length]).toEqual([[], ['first'], 1]);
});

it('says what stays on the chat platform until that was read', async () => {
	api.removeConversation = async () => ({ outcome: 'removed', staysOn: 'slack', message: 'Slack keeps its own.' });
	removals.remove(first);
	await clock.advance(undoForMs);
	expect(removals.removals.get()).toMatchObject([{ state: 'done', message: 'Slack keeps its own.' }]);
	removals.dismiss('first');
	expect(leaving()).toEqual([]);
});
