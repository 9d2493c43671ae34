/** Parts of statements that are written by hand, made from an entity: a column that is renamed there fails to compile where it is named. Pure. */

import { type EntitySchema, type InferEntity, ReferenceKind, UnderscoreNamingStrategy } from '@mikro-orm/core';

type Property<Entity> = Extract<keyof InferEntity<Entity>, string>;
/** SQL for some properties of an entity: parameters, literals, expressions. Never from outside. */
type Expressions<Entity> = Partial<Record<Property<Entity>, string>>;

const naming = new UnderscoreNamingStrategy();

/** The column that holds the property. */
export function columnOf<Entity extends EntitySchema>(entity: Entity, property: Property<Entity>): string {
	// What stands in the entity's file; all else the ORM finds out later.
	const described = entity.meta.properties[property] as { fieldName?: string; kind?: ReferenceKind } | undefined;
	if (described?.fieldName !== undefined) return described.fieldName;
	const isReference = described?.kind === ReferenceKind.MANY_TO_ONE || described?.kind === ReferenceKind.ONE_TO_ONE;
	return isReference ? naming.joinColumnName(property) : naming.propertyToColumnName(property);
}

/** What follows `select`: each property under its own name, as rows have it. `source` is what the statement calls the table. */
export function selected<Entity extends EntitySchema>(entity: Entity, source: string, properties: readonly Property<Entity>[]): string {
	return properties.map((property) => `${source}.${columnOf(entity, property)} as "${property}"`).join(', ');
}

/** What follows `insert into` and `values` or `select`, in the same order. */
export function inserted<Entity extends EntitySchema>(
	entity: Entity,
	expressions: Expressions<Entity>,
): { columns: string; values: string } {
	const columns = namesIn(expressions).map((property) => columnOf(entity, property));
	return { columns: `(${columns.join(', ')})`, values: Object.values(expressions).join(', ') };
}

/** What follows `update … set`. */
export function assigned<Entity extends EntitySchema>(entity: Entity, expressions: Expressions<Entity>): string {
	return namesIn(expressions)
		.map((property) => `${columnOf(entity, property)} = ${expressions[property]}`)
		.join(', ');
}

/** Values by the columns that hold their properties: what a function of the database takes as one object. */
export function columnsOf<Entity extends EntitySchema>(
	entity: Entity,
	values: Partial<Record<Property<Entity>, unknown>>,
): Record<string, unknown> {
	return Object.fromEntries(namesIn(values).map((property) => [columnOf(entity, property), values[property]]));
}

function namesIn<Name extends string>(expressions: Partial<Record<Name, unknown>>): Name[] {
	return Object.keys(expressions) as Name[];
}
