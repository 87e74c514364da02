/* fc /b FILE FILE, as far as a batch file asks: 0 if both are there and equal; Wine 8 has none. */

#include <stdio.h>
#include <wchar.h>

int wmain(int count, wchar_t **given)
{
    FILE *one, *other;
    int of_one, of_other;

    if (count != 4 || wcscmp(given[1], L"/b"))
        return 2;
    one = _wfopen(given[2], L"rb");
    other = _wfopen(given[3], L"rb");
    if (!one || !other)
        return 2;
    do {
        of_one = getc(one);
        of_other = getc(other);
    } while (of_one == of_other && of_one != EOF);
    return of_one != of_other;
}
