/** Every metric that is made is on a board or in a rule, and every one that is named there is made. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type MetricDefinition, metricList, metricPrefix } from '#src/observability/metric-list.ts';
import { allBoards } from '../../scripts/generate/boards/all-boards.ts';
import { projectFolder } from '../../scripts/toolchain/project.mjs';
import { alerts, recorded, ruleFiles } from './rule-files.ts';

/** Told by the scripts for backups, in a file that node_exporter reads. */
const backup = ['backup', 'restore'].flatMap(
	(name) => readFileSync(join(projectFolder, `scripts/${name}.sh`), 'utf8').match(/\bopenccb_backup_\w+(?:_seconds|_bytes)\b/g) ?? [],
);

const made = Object.values<MetricDefinition>(metricList).flatMap(({ name, kind }) => {
	const whole = `${metricPrefix}${name}`;
	return kind === 'histogram' ? ['_bucket', '_count', '_sum'].map((part) => `${whole}${part}`) : [whole];
});
const expressions = allBoards.flatMap(({ rows }) =>
	rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries.map((query) => query.expression))),
);
const rules = ruleFiles.map(({ text }) => text.replace(/^\s*(?:#|summary_\w+:).*$/gm, ''));
const text = [...expressions, ...rules].join('\n');
const named = new Set(text.match(/\bopenccb_\w+/g));
const namedRecords = new Set(
	expressions
		.concat(rules.map((rule) => rule.replace(/- record: \S+/g, '')))
		.join('\n')
		.match(/\bopenccb:[\w:]+/g),
);

describe('the metrics', () => {
	it.each(Object.values<MetricDefinition>(metricList).map(({ name }) => `${metricPrefix}${name}`))('%s is used', (name) => {
		expect([...named].some((used) => used === name || ['_bucket', '_count', '_sum'].some((part) => used === `${name}${part}`))).toBe(true);
	});

	it('are made, where a board or a rule names them', () => {
		expect([...named].filter((name) => !made.includes(name) && !backup.includes(name))).toEqual([]);
		expect([...namedRecords].filter((name) => !recorded.includes(name))).toEqual([]);
	});

	it('are recorded for a use', () => {
		expect(recorded.filter((name) => !namedRecords.has(name))).toEqual([]);
	});

	it('have other labels than those that Prometheus gives each target', () => {
		const labels = Object.values<MetricDefinition>(metricList).flatMap((definition) => definition.labels);
		expect(labels).not.toEqual(expect.arrayContaining(['job']));
		expect(labels).not.toEqual(expect.arrayContaining(['instance']));
	});
});

describe.each([...alerts])('the alert %s', (_name, part) => {
	it('says how bad it is, what it is and what to do, in both languages', () => {
		expect(part).toMatch(/^ {10}severity: (?:critical|warning|none)$/m);
		const english = /summary_en: (.*)/.exec(part)?.[1] ?? '';
		const spanish = /summary_es: (.*)/.exec(part)?.[1] ?? '';
		expect(english.length).toBeGreaterThan(10);
		expect(spanish.length).toBeGreaterThan(10);
		const values = (sentence: string) => sentence.match(/\{\{.*?\}\}/g)?.toSorted() ?? [];
		expect(values(spanish)).toEqual(values(english));
	});
});
