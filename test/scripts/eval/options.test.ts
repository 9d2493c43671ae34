import { expect, it } from 'vitest';
import { readEvaluationOrder } from '../../../scripts/eval/options.ts';

const now = new Date('2030-01-02T03:04:05Z');

it('asks as any employee, and writes a file of its own, unless it is said', () => {
	const usual = { set: null, role: 'ccb_employee', against: null, out: 'eval-2030-01-02T03-04-05.json', isRetrievalAlone: false };
	expect(readEvaluationOrder([], now)).toEqual(usual);
	const typed = ['--set', 'cases', '--role', 'buyers', '--against', 'old.json', '--out', 'new.json', '--retrieval'];
	expect(readEvaluationOrder(typed, now)).toEqual({
		...{ set: 'cases', role: 'ccb_buyers', against: 'old.json', out: 'new.json' },
		isRetrievalAlone: true,
	});
});

it.each([['--everything'], ['--role', 'admin'], ['--role', 'guest'], ['--role', ''], ['cases']])('does not take %s %s', (...typed) =>
	expect(
		readEvaluationOrder(
			typed.filter((word) => word !== undefined),
			now,
		),
	).toBeNull(),
);
