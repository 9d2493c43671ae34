-- The book of turns: what all parts use. `turn-script.ts` says which keys there are and what the arguments are.
local base, process, operation = KEYS[1], ARGV[1], ARGV[2]
local given = cjson.decode(ARGV[3])
local call = redis.call
local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local PRIORITIES = { 'interactive', 'background' }
local heard = {}
local function key(name) return base .. ':' .. name end
local function text(number) return string.format('%.17g', number) end
local function number(field) return tonumber(call('HGET', key('numbers'), field) or 0) end
local function keep(name) call('PEXPIRE', key(name), KEPT) end
local function idOf(member) return string.sub(member, 14) end
local function ownerOf(id) return string.match(id, '^[^/]+') end

local function tellProcess(name, message)
	if name == process then table.insert(heard, message) else call('PUBLISH', key('process:' .. name), message) end
end
local function tell(id, kind, detail)
	tellProcess(ownerOf(id), kind .. ' ' .. id .. (detail and ' ' .. detail or ''))
end

local function count(name, user, change)
	if call('HINCRBY', key(name), user, change) <= 0 then call('HDEL', key(name), user) end
end

local function entryOf(id)
	local fields, entry = call('HGETALL', key('entry:' .. id)), { id = id }
	if #fields == 0 then return nil end
	for index = 1, #fields, 2 do entry[fields[index]] = fields[index + 1] end
	entry.line = 'line:' .. entry.model .. ':' .. entry.priority
	return entry
end

-- The lines that somebody waited in, by model, and the queues of one model in the order in which they are served.
local function models() return call('ZRANGE', key('models'), 0, -1) end
local queuesOf = {}
local function queues(model)
	if not queuesOf[model] then
		local line = 'line:' .. model .. ':'
		queuesOf[model] = { line .. 'interactive:first', line .. 'interactive', line .. 'background:first', line .. 'background' }
	end
	return queuesOf[model]
end

local function state() return call('HGET', key('numbers'), 'state') or 'open' end
