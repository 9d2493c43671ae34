/** What a model says that is held to a format: the smallest value that fits the JSON Schema. */

interface Schema {
	type?: string;
	const?: unknown;
	enum?: unknown[];
	anyOf?: Schema[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	minItems?: number;
	minimum?: number;
}

export function schemaAnswer(format: unknown): string {
	return JSON.stringify(typeof format === 'object' && format !== null ? smallest(format) : {});
}

function smallest(schema: Schema): unknown {
	if (schema.const !== undefined) return schema.const;
	if (schema.enum !== undefined) return schema.enum[0];
	if (schema.anyOf?.[0] !== undefined) return smallest(schema.anyOf[0]);
	if (schema.type === 'object') return objectOf(schema);
	if (schema.type === 'array') return Array.from({ length: schema.minItems ?? 0 }, () => smallest(schema.items ?? {}));
	if (schema.type === 'number' || schema.type === 'integer') return schema.minimum ?? 0;
	if (schema.type === 'boolean') return false;
	return schema.type === 'null' ? null : 'demo';
}

function objectOf({ properties = {}, required = [] }: Schema): object {
	return Object.fromEntries(required.map((name) => [name, smallest(properties[name] ?? {})]));
}
