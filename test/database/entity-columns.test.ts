/** Columns for statements by hand are those that the ORM uses, of every entity. */

import type { EntitySchema } from '@mikro-orm/core';
import { expect, test } from 'vitest';
import { Conversation } from '#src/database/entities/conversation.ts';
import { entities } from '#src/database/entities/entities.ts';
import { Message } from '#src/database/entities/message.ts';
import { assigned, columnOf, inserted, selected } from '#src/database/entity-columns.ts';
import { createUnconnectedOrm } from '#src/database/orm.ts';

const metadata = createUnconnectedOrm('none').getMetadata();

test.each(entities.map((entity) => [entity.meta.tableName, entity] as const))('every column of %s', (_table, entity) => {
	const known = metadata.get(entity as EntitySchema);
	const expected = known.props.map(({ name, fieldNames }) => [name, fieldNames]);
	expect(expected.length).toBeGreaterThan(1);
	expect(known.props.map(({ name }) => [name, [columnOf(entity, name as never)]])).toEqual(expected);
});

test('a property that no entity has does not compile', () => {
	// @ts-expect-error: it is called `authorName`.
	expect(columnOf(Message, 'speakerName')).toBe('speaker_name');
});

test('parts of statements', () => {
	expect(selected(Message, 'm', ['content', 'authorName', 'author'])).toBe(
		'm.content as "content", m.author_name as "authorName", m.author_user_id as "author"',
	);
	expect(inserted(Conversation, { createdBy: '$2', tenantId: "'T'" })).toEqual({ columns: '(created_by, tenant_id)', values: "$2, 'T'" });
	expect(assigned(Message, { editedAt: 'now()', conversation: '$1' })).toBe('edited_at = now(), conversation_id = $1');
});
