"""Text that measurements run models on, written for this project."""

CACHING = """\
A cache is a bet that the near future will resemble the near past. Someone computed a thing, or fetched it from
far away, and keeps a copy close at hand because the same thing will probably be wanted again. The bet costs
memory, and memory is never free: whatever the copy occupies cannot hold anything else. So every cache has to
answer three questions. What is worth keeping? What must go when the room is full? How does one know that a copy
is still true?

A kitchen answers them every day. The cook keeps salt and oil beside the stove, flour in the cupboard, and the
large pot in the cellar. Nobody planned this order with a formula. Things that are used each hour drift towards
the hand, and things that are used once a year drift towards the stairs. When a new jar arrives and the shelf is
full, the jar that nobody touched for the longest time is carried down. That rule needs no knowledge of the
future, only a memory of when each jar was last in use, and yet it does well whenever habits change slowly. It
does badly when somebody walks along the whole shelf and opens every jar once. Then the old favourites are gone,
the shelf is full of jars that nobody will open again, and for a while each wish means a walk to the cellar.

The last question is the hardest. A copy may be wrong because the original has changed. Milk tells you by its
smell; a number in a table does not. Some caches put a date on everything and throw it away when the date has
passed. Others ask the source before each use, which is safe but gives up half of what was gained. The happiest
caches hold things that cannot change at all. What a reader understood of the first page of a book stays true
while the second page is read, because the first page will not be rewritten. Only when an earlier sentence is
altered does everything after it have to be read anew.

A language model that writes one word after another is such a reader. Each new word looks back on all earlier
words, and what it needs from them was worked out when they were first seen. Without a cache the whole text would
be read again for every word, and a long answer would take time that grows with the square of its length. With a
cache each word costs one look over what is stored. The price is paid in memory instead of arithmetic, and the
bill grows with every word, for every conversation that is still open. That is why people who run such models
talk less about how fast their machines can multiply and more about how much they can hold, how quickly they can
look through it, and how few bits are enough to remember a word well.
"""
