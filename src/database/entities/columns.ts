/** Column shapes that several entities share. */

import { p } from '@mikro-orm/core';

export const id = () => p.uuid().primary().defaultRaw('gen_random_uuid()');
export const time = () => p.datetime().columnType('timestamptz');
export const timeOfInsert = () => time().defaultRaw('now()');
/** A bigint that stays far below 2^53. */
export const sequenceNumber = () => p.bigint('number');
