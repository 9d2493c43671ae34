/** Where rows are grouped, each column that is shown is a group or within an aggregate. SQLite and MariaDB would show that of any row. */

import { aggregatesIn } from '../parts.ts';
import type { FromItem, Select, SortKey } from '../query.ts';
import { refuse } from '../refusal.ts';
import type { NameScope } from './scope.ts';

export function needGrouping(select: Select, orderBy: readonly SortKey[], scope: NameScope): void {
	const shown: unknown[] = [...select.items, select.having, ...orderBy];
	if (select.groupBy.length === 0 && select.having === null && !aggregatesIn(shown).some(({ over }) => over === null)) return;
	const groups = new Set(select.groupBy.map((group) => JSON.stringify(group)));
	const own = new Set(scope.sources.map(({ alias }) => alias));
	for (const part of shown) needGroups(part, groups, own);
}

function isAggregate(part: object): boolean {
	return 'kind' in part && part.kind === 'aggregate' && 'over' in part && part.over === null;
}

function needGroups(part: unknown, groups: ReadonlySet<string>, own: ReadonlySet<string>): void {
	if (typeof part !== 'object' || part === null || isAggregate(part) || groups.has(JSON.stringify(part))) return;
	if (isColumn(part) && own.has(part.source)) refuse('not-grouped', `${part.source}.${part.name}`);
	// A query within may use the same alias for a source of its own.
	const visible = isSelect(part) ? new Set([...own].filter((alias) => !part.from.flatMap(aliasesOf).includes(alias))) : own;
	for (const [field, value] of Object.entries(part)) if (field !== 'relation') needGroups(value, groups, visible);
}

function isColumn(part: object): part is { source: string; name: string } {
	return 'kind' in part && part.kind === 'column';
}

function isSelect(part: object): part is Select {
	return 'kind' in part && part.kind === 'select';
}

function aliasesOf(item: FromItem): string[] {
	return item.kind === 'join' ? [...aliasesOf(item.left), ...aliasesOf(item.right)] : [item.alias];
}
