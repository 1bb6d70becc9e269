// What the table says, in three languages: reasons for what is not taken, and why a file cannot be read. A message never holds what
// stands in a cell.
import type { Locale } from "../types.js";
import type { TableReason } from "./types.js";

export type FileFault = "empty" | "binary" | "pdf" | "encrypted" | "image" | "broken" | "large" | "zip" | "no_rows" | "document" | "unread";

type Words<Key extends string> = Readonly<Record<Locale, Readonly<Record<Key, string>>>>;

export const reasons: Words<TableReason> = {
  ru: {
    title: "Строка над заголовком таблицы.",
    header: "Заголовок таблицы.",
    numbering: "Номера граф под заголовком.",
    blank: "Пустая строка.",
    total: "Итоговая строка.",
    note: "Примечание или подпись, а не строка таблицы.",
    hidden: "Строка скрыта в файле.",
    nothing: "В графах, которые переносятся, ничего не указано.",
    unknown_column: "Графа не похожа ни на одно поле.",
    unsure_column: "Графа похожа на несколько полей. Выберите поле.",
    second_column: "Поле уже заполняется из другой графы.",
    person: "Графа не переносится: так указано.",
    error_value: "Вместо значения в ячейке ошибка формулы.",
    no_cached_value: "В файле не сохранён результат формулы. Откройте файл в программе для таблиц и сохраните его.",
  },
  uk: {
    title: "Рядок над заголовком таблиці.",
    header: "Заголовок таблиці.",
    numbering: "Номери граф під заголовком.",
    blank: "Порожній рядок.",
    total: "Підсумковий рядок.",
    note: "Примітка або підпис, а не рядок таблиці.",
    hidden: "Рядок приховано у файлі.",
    nothing: "У графах, що переносяться, нічого не зазначено.",
    unknown_column: "Графа не схожа на жодне поле.",
    unsure_column: "Графа схожа на кілька полів. Виберіть поле.",
    second_column: "Поле вже заповнюється з іншої графи.",
    person: "Графа не переноситься: так зазначено.",
    error_value: "Замість значення в комірці помилка формули.",
    no_cached_value: "У файлі не збережено результат формули. Відкрийте файл у програмі для таблиць і збережіть його.",
  },
  en: {
    title: "A row above the header of the table.",
    header: "The header of the table.",
    numbering: "Numbers of the columns under the header.",
    blank: "A blank row.",
    total: "A row of totals.",
    note: "A note or a signature, not a row of the table.",
    hidden: "The row is hidden in the file.",
    nothing: "Nothing stands in the columns that are taken.",
    unknown_column: "The column is not like any field.",
    unsure_column: "The column is like several fields. Choose one.",
    second_column: "The field is filled from another column already.",
    person: "The column is not taken: so it was said.",
    error_value: "In place of a value the cell has a formula's error.",
    no_cached_value: "The file does not hold the formula's result. Open the file in a spreadsheet program and save it.",
  },
};

export const faults: Words<FileFault> = {
  ru: {
    empty: "Файл пуст.",
    binary: "Это не таблица. Выберите файл .xlsx, .xls, .ods, .csv или .tsv.",
    pdf: "Это документ PDF, а не таблица. Сохраните таблицу как .xlsx или .csv.",
    image: "Это изображение, а не таблица. Выберите файл .xlsx, .xls, .ods, .csv или .tsv.",
    document: "Это документ другого вида, а не таблица. Сохраните таблицу как .xlsx или .csv.",
    encrypted: "Файл защищён паролем. Откройте его, снимите пароль и сохраните.",
    broken: "Файл повреждён, или это не таблица. Откройте его в программе для таблиц и сохраните заново.",
    large: "Файл слишком велик.",
    zip: "Содержимое файла слишком велико. Разделите таблицу на части.",
    no_rows: "В файле нет ни одной строки.",
    unread: "Файл не удалось прочитать. Выберите его ещё раз.",
  },
  uk: {
    empty: "Файл порожній.",
    binary: "Це не таблиця. Виберіть файл .xlsx, .xls, .ods, .csv або .tsv.",
    pdf: "Це документ PDF, а не таблиця. Збережіть таблицю як .xlsx або .csv.",
    image: "Це зображення, а не таблиця. Виберіть файл .xlsx, .xls, .ods, .csv або .tsv.",
    document: "Це документ іншого виду, а не таблиця. Збережіть таблицю як .xlsx або .csv.",
    encrypted: "Файл захищено паролем. Відкрийте його, зніміть пароль і збережіть.",
    broken: "Файл пошкоджено, або це не таблиця. Відкрийте його в програмі для таблиць і збережіть заново.",
    large: "Файл завеликий.",
    zip: "Вміст файлу завеликий. Поділіть таблицю на частини.",
    no_rows: "У файлі немає жодного рядка.",
    unread: "Файл не вдалося прочитати. Виберіть його ще раз.",
  },
  en: {
    empty: "The file is empty.",
    binary: "This is no table. Choose an .xlsx, .xls, .ods, .csv or .tsv file.",
    pdf: "This is a PDF document, not a table. Save the table as .xlsx or .csv.",
    image: "This is a picture, not a table. Choose an .xlsx, .xls, .ods, .csv or .tsv file.",
    document: "This is a document of another kind, not a table. Save the table as .xlsx or .csv.",
    encrypted: "The file is protected by a password. Open it, remove the password and save it.",
    broken: "The file is damaged, or it is no table. Open it in a spreadsheet program and save it anew.",
    large: "The file is too large.",
    zip: "What is in the file is too large. Divide the table into parts.",
    no_rows: "The file has not a single row.",
    unread: "The file could not be read. Choose it once more.",
  },
};
