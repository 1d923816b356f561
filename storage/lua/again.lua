-- Messages that were handed out before and never finished.
--
-- First the consumer's own, from an earlier life, page by page until one is
-- not full; from then on whoever's have been idle for too long. What is handed
-- out again counts as new from now on, or the next call would hand it out
-- once more.
--
-- KEYS  queue
-- ARGV  group, consumer, count, idle ms, where own ones go on ('' when they
--       are done), where the others go on
-- gives the two places to go on, and the entries
local queue = KEYS[1]
local group, consumer, count = ARGV[1], ARGV[2], tonumber(ARGV[3])
local own_from, others_from = ARGV[5], ARGV[6]

while own_from ~= '' do
	local pending = redis.call('XPENDING', queue, group,
	    own_from, '+', count, consumer)
	own_from = ''
	if #pending == count then
		own_from = '(' .. pending[#pending][1]
	end
	if #pending > 0 then
		local claim = { 'XCLAIM', queue, group, consumer, 0 }
		for _, entry in ipairs(pending) do
			claim[#claim + 1] = entry[1]
		end
		local entries = redis.call(unpack(claim))
		if #entries > 0 then
			return { own_from, others_from, entries }
		end
	end
end
local claimed = redis.call('XAUTOCLAIM', queue, group, consumer, ARGV[4],
    others_from, 'COUNT', count)
return { '', claimed[1], claimed[2] }
