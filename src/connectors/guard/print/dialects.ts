/** Every dialect that a statement can be printed in. */

import type { SqlDialect } from '../bounds.ts';
import type { DialectRules } from './dialect-rules.ts';
import { mariadb, mysql } from './dialects/mariadb.ts';
import { postgresql } from './dialects/postgresql.ts';
import { sqlite } from './dialects/sqlite.ts';
import { sqlserver } from './dialects/sqlserver.ts';

export const dialects: Readonly<Record<SqlDialect, DialectRules>> = { postgresql, mariadb, mysql, sqlite, sqlserver };
